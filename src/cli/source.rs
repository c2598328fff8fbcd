//! What tells one state of an exercise's file from another: a hash of its bytes. A verdict belongs to one, and to no
//! other.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

/// The hash of a source.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// The hash of a file as it is now. A file that is missing or cannot be read is like an empty one, and has a verdict too.
///
/// Only a regular file is opened: a pipe would keep the reader waiting for ever.
pub(crate) fn hash_of(path: &Path) -> u64 {
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    hash(&is_file.then(|| fs::read(path).ok()).flatten().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_as_it_was_has_the_hash_it_had() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("01_a.rs");
        let missing = hash_of(&path);
        fs::write(&path, "one").unwrap();
        let one = hash_of(&path);
        fs::write(&path, "two").unwrap();
        assert_ne!(hash_of(&path), one);
        fs::write(&path, "one").unwrap();
        assert_eq!(hash_of(&path), one);
        assert_eq!(one, hash(b"one"));
        assert_ne!(one, missing);
    }
}
