//! `workbook reset`: the stub back in place, and the learner's own file kept.

use std::{fs, io};

use anyhow::Context;
use workbook::whole_file;

use super::{Passed, Workbook, backups, output, pristine, progress, workspace::Side};

/// Brings the stub back. Nothing is touched unless the stub was found and the learner's file is safe.
pub(crate) fn reset(workbook: &Workbook, name: &str) -> anyhow::Result<Passed> {
    let (workspace, exercise) = (&workbook.workspace, workbook.course.find(name)?);
    let file = Side::Exercise.file(&exercise.name);
    let path = workspace.path(&file);
    let stub = pristine::stub(workspace, &file)?;
    let kept = match fs::read(&path) {
        Ok(yours) if yours == stub.as_bytes() => {
            output::print(&format!("{file} is the stub already.\n"));
            return Ok(Passed::Yes);
        }
        Ok(yours) => Some(backups::keep(workspace, &file, &yours)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("{file} cannot be read, so it is left alone")),
    };
    whole_file::write(&path, stub.as_bytes()).with_context(|| format!("{file} cannot be written"))?;
    progress::update(workspace, |progress| progress.entry(&exercise.name).status = None);
    let kept = kept.map_or(String::new(), |backup| format!(" Yours is kept as {backup}."));
    output::print(&format!("{file} is the stub again.{kept}\n"));
    Ok(Passed::Yes)
}
