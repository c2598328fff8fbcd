//! `workbook reset`: the stub back in place, and the learner's own file kept.

use std::{
    fs::{self, File},
    io::{self, Write},
};

use anyhow::Context;
use workbook::whole_file;

use super::{
    Passed, Workbook, output, pristine,
    progress::{self, FOLDER},
    workspace::{Side, Workspace},
};

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
        Ok(yours) => Some(keep(workspace, &exercise.name, &yours)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("{file} cannot be read, so it is left alone")),
    };
    whole_file::write(&path, stub.as_bytes()).with_context(|| format!("{file} cannot be written"))?;
    progress::update(workspace, |progress| progress.entry(&exercise.name).status = None);
    let kept = kept.map_or(String::new(), |backup| format!(" Yours is kept as {backup}."));
    output::print(&format!("{file} is the stub again.{kept}\n"));
    Ok(Passed::Yes)
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
