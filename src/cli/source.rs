//! The source of an exercise or a solution, as it is now.
//!
//! Only a regular file in the clone's own folder is read. Behind a link is somebody else's file, and a pipe or a device may
//! never come to an end.

use std::{
    fs::{self, FileType},
    io,
};

use workbook::text_file;

use super::{course::Exercise, output, workspace::Workspace};

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("{0} is missing")]
    Missing(String),
    #[error("{0} is {1}, not a file")]
    Strange(String, &'static str),
    #[error("the folder of {0} is a link, so the file is not in this clone")]
    Elsewhere(String),
    #[error("{0} cannot be read: {1}")]
    Failed(String, io::Error),
}

impl Unreadable {
    /// What the learner can do about their exercise, as a sentence after a space; empty where nobody knows.
    pub(crate) fn advice(&self, exercise: &Exercise) -> String {
        match self {
            Unreadable::Missing(_) => format!(" {}", stub_back(exercise)),
            Unreadable::Strange(..) => format!(" Move it away; then {}", stub_back(exercise)),
            Unreadable::Elsewhere(_) => " Put a folder with your files in the place of the link.".into(),
            Unreadable::Failed(..) => String::new(),
        }
    }
}

/// What the learner can type where there is nothing of theirs to lose.
pub(crate) fn stub_back(exercise: &Exercise) -> String {
    format!("`{}` brings the stub back.", output::typed(&format!("reset {}", exercise.short())))
}

/// What is in a file, which is given relative to the root.
pub(crate) fn read(workspace: &Workspace, file: &str) -> Result<Vec<u8>, Unreadable> {
    let path = workspace.path(file);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Unreadable::Missing(file.into()),
        _ => Unreadable::Failed(file.into(), error),
    };
    if path.parent().is_some_and(|folder| folder.is_symlink()) {
        return Err(Unreadable::Elsewhere(file.into()));
    }
    let kind = fs::symlink_metadata(&path).map_err(failed)?.file_type();
    if !kind.is_file() {
        return Err(Unreadable::Strange(file.into(), strange(kind)));
    }
    fs::read(&path).map_err(failed)
}

/// The same as text; every line ends in `\n`.
pub(crate) fn text(workspace: &Workspace, file: &str) -> Result<String, Unreadable> {
    let text = String::from_utf8(read(workspace, file)?).map_err(|error| {
        Unreadable::Failed(file.into(), io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
    })?;
    Ok(text_file::with_newlines(&text))
}

/// Tells one source from another. This is FNV-1a with 64 bits: what is remembered between two commands has to stay the
/// same from one version of Rust to the next, and the hashes of the standard library may not.
pub(crate) fn hash(source: &[u8]) -> u64 {
    source.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The hash of what is in a file now. One that cannot be read is as good as empty.
pub(crate) fn hash_of(workspace: &Workspace, file: &str) -> u64 {
    hash(&read(workspace, file).unwrap_or_default())
}

/// What something is that is no file.
fn strange(kind: FileType) -> &'static str {
    if kind.is_symlink() {
        return "a link";
    }
    if kind.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    "a device"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_same_with_every_compiler() {
        // From the reference of the algorithm: http://www.isthe.com/chongo/tech/comp/fnv/
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[cfg(unix)]
    #[test]
    fn only_a_file_in_the_clones_own_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path().to_path_buf());
        for made in ["exercises", "exercises/a_folder.rs", "solutions"] {
            fs::create_dir(workspace.path(made)).unwrap();
        }
        fs::write(workspace.path("solutions/file.rs"), "text").unwrap();
        std::os::unix::fs::symlink("../solutions/file.rs", workspace.path("exercises/link.rs")).unwrap();
        std::os::unix::fs::symlink("solutions", workspace.path("elsewhere")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(workspace.path("exercises/socket.rs")).unwrap();
        let said = |file: &str| text(&workspace, file).unwrap_or_else(|error| error.to_string());
        assert_eq!(said("solutions/file.rs"), "text");
        assert_eq!(said("exercises/none.rs"), "exercises/none.rs is missing");
        assert_eq!(said("exercises/link.rs"), "exercises/link.rs is a link, not a file");
        assert_eq!(said("exercises/a_folder.rs"), "exercises/a_folder.rs is a folder, not a file");
        assert_eq!(said("exercises/socket.rs"), "exercises/socket.rs is a socket, not a file");
        let elsewhere = "the folder of elsewhere/file.rs is a link, so the file is not in this clone";
        assert_eq!(said("elsewhere/file.rs"), elsewhere);
    }
}
