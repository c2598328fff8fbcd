//! The child processes of this one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rustix::{
    io::Errno,
    process::{WaitId, WaitIdOptions, waitid},
};

use super::{
    blocked::{Blocked, what_blocks},
    descriptors::{self, inode_of},
    pipes::Ends,
};
use crate::recorder::os::{self, threads::Process};

/// What was seen of them.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// One of them, or of their own children, may act.
    pub(super) can_act: bool,
    /// The threads of all of them, as they were seen.
    pub(super) at_rest: Vec<(PathBuf, Blocked)>,
}

/// True if this process has any child, even one that has ended and was not waited for yet.
pub(super) fn are_there() -> bool {
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    waitid(WaitId::All, look).err() != Some(Errno::CHILD)
}

/// The children that these threads started, and all that come of them.
pub(super) fn of(parents: &[PathBuf]) -> Vec<u32> {
    let mut processes: Vec<u32> = parents.iter().flat_map(|thread| started_by(thread)).collect();
    let mut next = 0;
    while let Some(&process) = processes.get(next) {
        next += 1;
        processes.extend(os::threads::all_of(Process::Other(process)).flat_map(|thread| started_by(&thread)));
    }
    processes
}

/// Looks at these processes. What ends of pipes they hold is added to `ends`.
pub(super) fn look(processes: &[u32], ends: &mut Ends) -> Seen {
    let mut seen = Seen::default();
    for process in processes {
        match descriptors::of(*process) {
            Some(descriptors) => ends.add(&descriptors),
            // One that may not be looked into runs with the rights of another user.
            None => seen.can_act |= os::threads::all_of(Process::Other(*process)).any(|thread| is_alive(&thread)),
        }
    }
    for process in processes {
        for thread in os::threads::all_of(Process::Other(*process)) {
            let blocked = what_blocks(&thread);
            seen.can_act |= can_act(*process, blocked, ends);
            seen.at_rest.push((thread, blocked));
        }
    }
    // The kernel tells of a child's end and shows it under one lock, which this question takes too: so whoever was seen to
    // have ended has been told of by now.
    are_there();
    seen
}

fn is_alive(thread: &Path) -> bool {
    what_blocks(thread) != Blocked::Gone
}

/// Whether a thread of a child can go on without this process or one of its descendants.
fn can_act(process: u32, blocked: Blocked, ends: &Ends) -> bool {
    let inode = |number| inode_of(&process.to_string(), number);
    match blocked {
        Blocked::Gone | Blocked::ForThread | Blocked::ForChild => false,
        Blocked::Reading(number) => !inode(number).is_some_and(|inode| ends.writing.contains(&inode)),
        Blocked::Writing(number) => !inode(number).is_some_and(|inode| ends.reading.contains(&inode)),
        Blocked::Not | Blocked::ForAWhile | Blocked::ForSome | Blocked::ForSocket => true,
    }
}

/// The processes that a thread started and that have not been waited for (proc_pid_task_children(5)).
fn started_by(thread: &Path) -> Vec<u32> {
    let children = fs::read_to_string(thread.join("children")).unwrap_or_default();
    children.split_whitespace().filter_map(|process| process.parse().ok()).collect()
}
