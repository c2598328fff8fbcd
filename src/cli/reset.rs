//! `workbook reset`: the stub back in place, and the learner's own file kept.

use std::{
    fs::{self, File},
    io::{self, Write},
};

use anyhow::Context;
use workbook::whole_file;

use super::{
    Passed, Workbook,
    course::Exercise,
    output, pristine,
    progress::{self, FOLDER},
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
    let kept = match fs::read(&path) {
        Ok(yours) if yours == stub.as_bytes() => return Ok(format!("{file} is the stub already.")),
        Ok(yours) => Some(keep(workspace, &exercise.name, &yours)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("{file} cannot be read, so it is left alone")),
    };
    whole_file::write(&path, stub.as_bytes()).with_context(|| format!("{file} cannot be written"))?;
    progress::update(workspace, |progress| progress.entry(&exercise.name).status = None);
    let kept = kept.map_or(String::new(), |backup| format!(" Yours is kept as {backup}."));
    Ok(format!("{file} is the stub again.{kept}"))
}

/// Brings back the copy of the learner's file that was kept last, and keeps what is there now: so a second time
/// undoes the first. Returns what was done.
pub(crate) fn undo(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<String> {
    let file = Side::Exercise.file(&exercise.name);
    let path = workspace.path(&file);
    let Some(backup) = last_kept(workspace, &exercise.name) else {
        return Ok(format!("There is nothing to undo: no copy of {file} was kept."));
    };
    let kept = fs::read(workspace.path(&backup)).with_context(|| format!("{backup} cannot be read"))?;
    match fs::read(&path) {
        Ok(now) if now == kept => return Ok(format!("{file} is as it was kept last, in {backup}.")),
        Ok(now) => drop(keep(workspace, &exercise.name, &now)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("{file} cannot be read, so it is left alone")),
    }
    whole_file::write(&path, &kept).with_context(|| format!("{file} cannot be written"))?;
    Ok(format!("{file} is yours again, from {backup}."))
}

/// The copy of an exercise with the highest number.
fn last_kept(workspace: &Workspace, exercise: &str) -> Option<String> {
    let name = |number: &u32| format!("{FOLDER}/backups/{exercise}.{number}.rs");
    let there = |number: &u32| workspace.path(&name(number)).is_file();
    (1..).take_while(there).last().as_ref().map(name)
}

/// Saves the learner's file under a name that no earlier backup has.
fn keep(workspace: &Workspace, exercise: &str, yours: &[u8]) -> anyhow::Result<String> {
    let folder = format!("{FOLDER}/backups");
    let failed = || format!("your file cannot be kept in {folder}, so it is left as it is");
    fs::create_dir_all(workspace.path(&folder)).with_context(failed)?;
    for number in 1.. {
        let name = format!("{folder}/{exercise}.{number}.rs");
        match File::create_new(workspace.path(&name)) {
            Ok(mut backup) => {
                backup.write_all(yours).and_then(|()| backup.sync_all()).with_context(failed)?;
                return Ok(name);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(failed),
        }
    }
    unreachable!("there are more numbers than files")
}
