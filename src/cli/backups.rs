//! Copies of what the learner wrote, in `.workbook/backups`. Each is there complete or not at all, and none is ever
//! overwritten or removed.

use std::{fs, io};

use anyhow::Context;
use workbook::whole_file;

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
        let path = workspace.path(&name);
        let written = match fs::read(&path) {
            Ok(kept) if kept == yours => return Ok(name),
            // Nothing of the learner's is in it: a command that was killed may have left it.
            Ok(kept) if kept.is_empty() => whole_file::write(&path, yours),
            Err(error) if error.kind() == io::ErrorKind::NotFound => whole_file::write_new(&path, yours),
            _ => continue,
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => return written.map(|()| name).with_context(failed),
        }
    }
    unreachable!("there are more numbers than files")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_backup_that_a_killed_command_left_is_filled() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path().to_path_buf());
        let first = keep(&workspace, "exercises/01_one.rs", b"first").unwrap();
        let empty = workspace.path(".workbook/backups/01_one.2.rs");
        fs::write(&empty, "").unwrap();
        assert_eq!(keep(&workspace, "exercises/01_one.rs", b"second").unwrap(), ".workbook/backups/01_one.2.rs");
        assert_eq!(
            (fs::read(workspace.path(&first)).unwrap(), fs::read(empty).unwrap()),
            (b"first".into(), b"second".into())
        );
    }
}
