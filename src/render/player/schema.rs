//! The schema of the player's format.

use serde::{Deserialize, Serialize};

use crate::recording::{Clock, Location, Outcome, TaskKind};

/// The version of the player's format. A script refuses one that it does not know.
pub const VERSION: u32 = 1;

/// A run, ready to be stepped through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Player {
    /// [`VERSION`] of the workbook that wrote it.
    pub version: u32,
    /// The clock the program ran on.
    pub clock: Clock,
    /// How long it took, in nanoseconds.
    pub nanos: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it did not return, as a sentence without a capital; null if it did.
    pub cut_short: Option<String>,
    /// Its tasks in the order they were spawned.
    pub tasks: Vec<PlayerTask>,
    /// Its waits in the order they began.
    pub waits: Vec<PlayerWait>,
    /// What it printed, in order.
    pub prints: Vec<PlayerPrint>,
    /// Every time it blocked a thread.
    pub blocks: Vec<PlayerBlock>,
    /// What happened, in order.
    pub steps: Vec<PlayerStep>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayerTask {
    /// What it is called: "main", "task 1", or a name of its own.
    pub name: String,
    /// What spawned it and where it runs.
    pub kind: TaskKind,
    /// The line that spawned it; null for the main task.
    pub spawned_at: Option<Location>,
    /// The task that spawned it; null if none that is shown did.
    pub spawned_by: Option<usize>,
}

/// A wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayerWait {
    /// The task that waits.
    pub task: usize,
    /// What it waits for, in a word: "sleep", "recv", "mutex".
    pub kind: String,
    /// The lines that lead to it, the outermost first; the last is the await itself.
    pub lines: Vec<Location>,
    /// For how long a timer was set, in nanoseconds; null if it is not for a timer.
    pub asked_nanos: Option<u64>,
}

/// Something printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayerPrint {
    /// The task that printed it; null outside every task that is shown.
    pub task: Option<usize>,
    /// The text, without colours and without the ports of 127.0.0.1, which are chance; with its newline if it had one.
    pub text: String,
    /// The line that printed it.
    pub line: Location,
}

/// A thread that was blocked, with everything on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayerBlock {
    /// The task that blocked it; null outside every task that is shown.
    pub task: Option<usize>,
    /// The line that blocked it.
    pub line: Location,
}

/// One step: a poll, or a jump of the clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayerStep {
    /// What the clock shows after it, in nanoseconds.
    pub nanos: u64,
    /// The task that is polled in it; null while none is.
    pub task: Option<usize>,
    /// What happens in it, in order. Never empty.
    pub changes: Vec<Change>,
}

/// One thing that happens. Going forward, the thing becomes `to`; going back, it becomes `from`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// The clock moves.
    Clock {
        /// Nanoseconds before.
        from: u64,
        /// Nanoseconds after.
        to: u64,
    },
    /// A task goes over to another state.
    Task {
        /// Which.
        task: usize,
        /// Before.
        from: TaskState,
        /// After.
        to: TaskState,
    },
    /// The line that a task is at becomes another; null where that is not known.
    Line {
        /// The task.
        task: usize,
        /// Before.
        from: Option<Location>,
        /// After.
        to: Option<Location>,
    },
    /// A wait goes over to another state.
    Wait {
        /// Which.
        wait: usize,
        /// Before.
        from: WaitState,
        /// After.
        to: WaitState,
    },
    /// A task is woken: an arrow that is seen in this step alone. What becomes of the task is a change of its own.
    Wake {
        /// The task that is woken.
        task: usize,
        /// The task that wakes it; null for a timer, a socket, or whatever else is not shown.
        by: Option<usize>,
    },
    /// A print appears; going back, it goes away.
    Print {
        /// Which.
        print: usize,
    },
    /// A thread is blocked, or goes on.
    Block {
        /// Which.
        block: usize,
        /// Before.
        from: SpanState,
        /// After.
        to: SpanState,
    },
}

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// It has not been spawned yet.
    Unborn,
    /// It was spawned or woken, and is to be polled.
    Ready,
    /// It is polled.
    Running,
    /// It waits to be woken.
    Waiting,
    /// Its future returned.
    Finished,
    /// It panicked.
    Panicked,
    /// It was dropped before it was done.
    Dropped,
}

/// How a wait stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitState {
    /// It has not begun.
    NotBegun,
    /// It goes on.
    Open,
    /// What it was for has come.
    Ready,
    /// It was dropped first.
    Dropped,
}

/// How something stands that begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanState {
    /// It has not begun.
    NotBegun,
    /// It goes on.
    Open,
    /// It has ended.
    Ended,
}
