//! What the machine may be to blame for: where that is so, it is said before anything is said of the learner's code.

use std::{io, path::Path};

use crate::{
    report::{Status, Verdict},
    runtime::open_files,
};

/// The verdict; before the message of a failure for which the machine may be to blame that is said.
pub(super) fn with_excuse(mut verdict: Verdict) -> Verdict {
    if matches!(verdict.status, Status::Failed | Status::Timeout) {
        let excuse = few_files(open_files::too_few()).or_else(|| full_disk(&std::env::temp_dir(), can_be_written));
        let said = excuse.into_iter().chain(verdict.message.take());
        verdict.message = Some(said.collect::<Vec<_>>().join("\n\n"));
    }
    verdict
}

fn few_files(allowed: Option<u64>) -> Option<String> {
    let enough = open_files::ENOUGH;
    allowed.map(|allowed| {
        format!(
            "This system lets a program open only {allowed} files and sockets at once, and they may have run out here: then what \
             follows is not your code's fault.\nAllow more, with `ulimit -n {enough}` for instance, and check again."
        )
    })
}

fn full_disk(folder: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> Option<String> {
    let error = write(folder).err()?;
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded).then(|| {
        format!(
            "The disk is full: nothing can be written in {}. If something had to be, what follows is not your code's fault.\n\
             Make some room there, and check again.",
            folder.display()
        )
    })
}

/// Writes a file of the size that checks work with, and removes it.
fn can_be_written(folder: &Path) -> io::Result<()> {
    use io::Write;
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&[1; 1 << 16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_named_and_nothing_else_is_taken_for_one() {
        let folder = Path::new("somewhere");
        let full = full_disk(folder, |_| Err(io::ErrorKind::StorageFull.into())).unwrap();
        assert!(full.starts_with("The disk is full: nothing can be written in somewhere."), "{full}");
        assert!(full_disk(folder, |_| Err(io::ErrorKind::QuotaExceeded.into())).is_some());
        assert_eq!(full_disk(folder, |_| Err(io::ErrorKind::PermissionDenied.into())), None);
        assert_eq!(full_disk(&std::env::temp_dir(), can_be_written), None);
    }
}
