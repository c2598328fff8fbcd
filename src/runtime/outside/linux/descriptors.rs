//! The sockets and pipes of this process.

use std::{
    fs,
    os::{
        fd::RawFd,
        unix::fs::{FileTypeExt, MetadataExt},
    },
};

/// A socket or a pipe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Descriptor {
    pub(super) number: RawFd,
    /// The two ends of a pipe share it; a socket has its own.
    pub(super) inode: u64,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Socket,
    ReadsPipe,
    WritesPipe,
}

/// All of them, but not standard input, output and error: these belong to whoever started the program, and a thread that
/// waits for one is known by that.
pub(super) fn all() -> Vec<Descriptor> {
    let mut all = listed("self").unwrap_or_default();
    all.retain(|descriptor| descriptor.number > 2);
    all
}

/// Those of another process; none if it may not be looked into.
pub(super) fn of(process: u32) -> Option<Vec<Descriptor>> {
    listed(&process.to_string())
}

/// The inode of the socket or pipe with this number; none if it is neither.
pub(super) fn inode_of(process: &str, number: u64) -> Option<u64> {
    descriptor(process, number as RawFd).map(|descriptor| descriptor.inode)
}

fn listed(process: &str) -> Option<Vec<Descriptor>> {
    let entries = fs::read_dir(format!("/proc/{process}/fd")).ok()?.flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<RawFd>().ok());
    Some(numbers.filter_map(|number| descriptor(process, number)).collect())
}

fn descriptor(process: &str, number: RawFd) -> Option<Descriptor> {
    let path = format!("/proc/{process}/fd/{number}");
    let metadata = fs::metadata(&path).ok()?;
    let kind = if metadata.file_type().is_socket() {
        Kind::Socket
    } else if !metadata.file_type().is_fifo() {
        return None;
    } else if fs::symlink_metadata(&path).ok()?.mode() & 0o200 != 0 {
        // The link shows how the pipe was opened (proc_pid_fd(5)).
        Kind::WritesPipe
    } else {
        Kind::ReadsPipe
    };
    Some(Descriptor { number, inode: metadata.ino(), kind })
}
