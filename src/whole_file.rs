//! Files that are either the old one or the new one, never half of one: progress, recordings, pictures, backups.
//!
//! A file is written under a name of its own beside its place, and locked meanwhile. A process that was killed leaves
//! such a file behind, without the lock: whoever writes next in that folder removes it.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use tempfile::{Builder, NamedTempFile};

/// What the name of a file begins and ends with until it is complete.
const BEGIN: &str = ".workbook-";
const END: &str = ".part";

/// Writes a file beside the old one and puts it in its place once it is complete.
///
/// A device or a pipe, such as `/dev/stdout`, has no place to be put in and is written to as it is.
///
/// # Errors
/// If the folder is missing, nothing may be written there, or the disk is full. The old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = fs::metadata(path).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return fs::write(path, bytes);
    }
    // Where a link leads, so that the link stays.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let file = complete(folder_of(&path), bytes)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.persist(&path)?;
    Ok(())
}

/// Writes a file where none is, and makes sure that it is on the disk.
///
/// # Errors
/// If there is one already, which stays as it is, or as [`write()`].
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = complete(folder_of(path), bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

/// Removes what processes that were killed have left in a folder. What cannot be removed is in nobody's way.
pub fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(BEGIN) && name.ends_with(END));
        // Locked, it is still being written; where there are no locks, nobody can tell.
        if is_part && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A complete file that has not got its name yet.
fn complete(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    remove_leftovers(folder);
    loop {
        // Made by hand, so that everybody may read it as usual: a temporary file is private otherwise.
        let mut file = Builder::new().prefix(BEGIN).suffix(END).make_in(folder, |path| File::create_new(path))?;
        let locked = file.as_file().lock();
        // Somebody who tidied up may have taken it for a leftover before it was locked.
        if locked.is_ok() && !file.path().exists() {
            continue;
        }
        file.write_all(bytes)?;
        return Ok(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a file");
        for text in ["the first, which is longer", "the second"] {
            write(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["a file"]);
    }

    #[test]
    fn what_cannot_be_put_in_place_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"old").unwrap();
        let error = write(&path.join("inside"), b"new").unwrap_err().to_string();
        assert!(!error.contains(".part"), "{error}");
        assert!(write(folder.path(), b"new").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn what_a_killed_process_left_is_removed_by_the_next_and_what_another_is_writing_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let [left, in_use] = ["left", "in-use"].map(|name| folder.path().join(format!(".workbook-{name}.part")));
        fs::write(&left, "half a fi").unwrap();
        let lock = File::create(&in_use).unwrap();
        lock.lock().unwrap();
        write(&folder.path().join("file"), b"whole").unwrap();
        let mut found = names(folder.path());
        found.sort();
        assert_eq!(found, [".workbook-in-use.part", "file"]);
        drop(lock);
        remove_leftovers(folder.path());
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn a_new_file_takes_the_place_of_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write_new(&path, b"first").unwrap();
        assert_eq!(write_new(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (b"first".to_vec(), vec!["file".to_string()]));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_the_permissions_of_its_file_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays_a_device() {
        write(Path::new("/dev/null"), b"text").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
