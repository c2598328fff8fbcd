//! Waits, and what they are for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Location, Moment, ResourceId, TaskId};

/// One wait: from the poll that found something not ready to the poll that went on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wait {
    /// The task that waited.
    pub task: TaskId,
    /// What it waited for.
    pub kind: WaitKind,
    /// The learner's own lines that lead to it, the outermost first; the last is the await itself.
    /// Empty where no line of the program itself is involved, as in the innards of a library.
    pub lines: Vec<Location>,
    /// When it began.
    pub began: Moment,
    /// When and how it ended; none if it was still waiting when the program ended.
    pub end: Option<WaitEnd>,
    /// For how long it was to last, in nanoseconds, where a timer says so.
    pub asked_nanos: Option<u64>,
    /// The lock, channel or the like it was for, where that is known.
    pub resource: Option<ResourceId>,
    /// True if its task waited for nothing else: every await from the task's own future down to this one is a plain one,
    /// with no `select!`, `join!`, `timeout` or future of a library between. False where that is not known.
    pub alone: bool,
    /// When the lock it was for was given to it, if nobody had polled it by then: from there on it keeps the lock from all
    /// others.
    pub granted: Option<Moment>,
}

impl Wait {
    /// The await itself, in the learner's own code.
    pub fn line(&self) -> Option<&Location> {
        self.lines.last()
    }
}

/// The end of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitEnd {
    /// When it ended.
    pub at: Moment,
    /// True if what was waited for came; false if the wait was dropped first.
    pub ready: bool,
}

/// What a task waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitKind {
    /// `tokio::time::sleep`.
    Sleep,
    /// A tick of `tokio::time::interval`.
    Interval,
    /// The deadline of `tokio::time::timeout`.
    Timeout,
    /// A value on an `mpsc` channel.
    MpscRecv,
    /// Room in a bounded `mpsc` channel.
    MpscSend,
    /// The value of a `oneshot` channel.
    Oneshot,
    /// A change of a `watch` channel.
    Watch,
    /// A value on a `broadcast` channel.
    Broadcast,
    /// A `Notify`.
    Notify,
    /// A `Mutex`.
    Mutex,
    /// A `RwLock`.
    RwLock,
    /// A permit of a `Semaphore`.
    Semaphore,
    /// The others at a `Barrier`.
    Barrier,
    /// The end of a task, through its `JoinHandle`.
    Join,
    /// The end of any task of a `JoinSet`.
    JoinSet,
    /// A `TaskTracker`: until it is closed and all its tasks have ended.
    Tracker,
    /// A socket, to connect, accept, read or write.
    Socket,
    /// A child process: its end, its output or its input.
    Child,
    /// A file operation of `tokio::fs`.
    File,
    /// A signal of the operating system, like Ctrl-C.
    Signal,
    /// Standard input.
    Stdin,
    /// The other end of a pipe within the program: `tokio::io::duplex`.
    Pipe,
    /// An HTTP exchange of `reqwest`.
    Http,
    /// Its next turn, after `yield_now`.
    Yield,
    /// Something else: a hand-written future, or a library's own.
    Other,
}

impl WaitKind {
    /// True for a wait for the end of tasks.
    pub fn is_for_tasks(&self) -> bool {
        matches!(self, Self::Join | Self::JoinSet | Self::Tracker)
    }
}

impl fmt::Display for WaitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sleep => "sleep",
            Self::Interval => "tick",
            Self::Timeout => "timeout",
            Self::MpscRecv => "recv",
            Self::MpscSend => "send",
            Self::Oneshot => "oneshot",
            Self::Watch => "watch",
            Self::Broadcast => "broadcast",
            Self::Notify => "notify",
            Self::Mutex => "mutex",
            Self::RwLock => "rwlock",
            Self::Semaphore => "semaphore",
            Self::Barrier => "barrier",
            Self::Join => "join",
            Self::JoinSet => "join set",
            Self::Tracker => "tracker",
            Self::Socket => "socket",
            Self::Child => "child",
            Self::File => "file",
            Self::Signal => "signal",
            Self::Stdin => "stdin",
            Self::Pipe => "pipe",
            Self::Http => "http",
            Self::Yield => "yield",
            Self::Other => "wait",
        })
    }
}
