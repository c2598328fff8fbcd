//! Copies of what the learner wrote, in `.workbook/backups`. None is ever overwritten or removed.

use std::{
    fs::{self, File},
    io::{self, Write},
};

use anyhow::Context;

use super::{progress::FOLDER, workspace::Workspace};

/// Saves the learner's file under a name that no earlier backup has, and returns that name.
///
/// If one of the earlier backups of this file is the same, that will do.
pub(crate) fn keep(workspace: &Workspace, file: &str, yours: &[u8]) -> anyhow::Result<String> {
    let folder = format!("{FOLDER}/backups");
    let failed = || format!("{file} cannot be kept in {folder}, so it is left as it is");
    fs::create_dir_all(workspace.path(&folder)).with_context(failed)?;
    let flat = file.strip_prefix("exercises/").filter(|name| name.ends_with(".rs")).unwrap_or(file).replace('/', "-");
    let (stem, ending) =
        flat.rsplit_once('.').map_or((flat.as_str(), String::new()), |(stem, ending)| (stem, format!(".{ending}")));
    for number in 1.. {
        let name = format!("{folder}/{stem}.{number}{ending}");
        match File::create_new(workspace.path(&name)) {
            Ok(mut backup) => {
                backup.write_all(yours).and_then(|()| backup.sync_all()).with_context(failed)?;
                return Ok(name);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if fs::read(workspace.path(&name)).is_ok_and(|kept| kept == yours) {
                    return Ok(name);
                }
            }
            Err(error) => return Err(error).with_context(failed),
        }
    }
    unreachable!("there are more numbers than files")
}
