//! `workbook reset`: the stub back in place, and the learner's own file kept.

use std::fs;

use anyhow::{Context, anyhow};
use workbook::{text_file, whole_file};

use super::{
    Passed, Workbook, backups,
    course::Exercise,
    output, pristine, progress,
    source::{self, Unreadable},
    workspace::{Side, Workspace},
};

/// Brings the stub back and says where the learner's file is kept.
pub(crate) fn reset(workbook: &Workbook, name: &str) -> anyhow::Result<Passed> {
    let done = bring_back(&workbook.workspace, workbook.course.find(name)?)?;
    output::print(&format!("{done}\n"));
    Ok(Passed::Yes)
}

/// Brings the stub back. Nothing is touched unless the stub was found and the learner's file is safe. Returns what was done.
pub(crate) fn bring_back(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<String> {
    let file = Side::Exercise.file(&exercise.name);
    let path = workspace.path(&file);
    let stub = pristine::stub(workspace, &file)?;
    let kept = match yours(workspace, exercise, &file)? {
        Some(yours) if is_stub(&yours, &stub) => return Ok(format!("{file} is the stub already.")),
        Some(yours) => Some(backups::keep(workspace, &file, &yours)?),
        None => None,
    };
    whole_file::write(&path, stub.as_bytes()).with_context(|| format!("{file} cannot be written"))?;
    progress::update(workspace, |progress| {
        let entry = progress.entry(&exercise.name);
        (entry.status, entry.kept) = (None, kept.clone());
    });
    let kept = kept.map_or(String::new(), |backup| format!(" Yours is kept as {backup}."));
    Ok(format!("{file} is the stub again.{kept}"))
}

/// Whether a file is the stub, whichever way its lines end.
fn is_stub(yours: &[u8], stub: &str) -> bool {
    let newlines = text_file::with_newlines;
    yours == stub.as_bytes() || std::str::from_utf8(yours).is_ok_and(|yours| newlines(yours) == newlines(stub))
}

/// Brings back what the last reset kept, and keeps what is there now: so a second time undoes the first. Returns what
/// was done.
pub(crate) fn undo(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<String> {
    let file = Side::Exercise.file(&exercise.name);
    let path = workspace.path(&file);
    let Some(backup) = progress::read(workspace).entry(&exercise.name).kept.clone() else {
        return Ok(format!("There is nothing to undo: {file} was not reset."));
    };
    let before = fs::read(workspace.path(&backup)).with_context(|| format!("{backup} cannot be read"))?;
    let now = yours(workspace, exercise, &file)?;
    let kept = now.map(|now| backups::keep(workspace, &file, &now)).transpose()?;
    whole_file::write(&path, &before).with_context(|| format!("{file} cannot be written"))?;
    progress::update(workspace, |progress| progress.entry(&exercise.name).kept = kept);
    Ok(format!("{file} is yours again, from {backup}."))
}

/// What the learner has there, if anything. A file that can be written over is a file of the clone's own: through a link
/// another one would be.
fn yours(workspace: &Workspace, exercise: &Exercise, file: &str) -> anyhow::Result<Option<Vec<u8>>> {
    match source::read(workspace, file) {
        Ok(yours) => Ok(Some(yours)),
        Err(Unreadable::Missing(_)) => Ok(None),
        Err(error) => Err(anyhow!("{error}, so it is left alone.{}", error.advice(exercise))),
    }
}
