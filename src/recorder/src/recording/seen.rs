//! What was seen to happen: polls and wakes, prints, panics, and what held a thread.

use serde::{Deserialize, Serialize};

use super::{Location, Moment, TaskId};

/// A timer that was made and dropped without ever being awaited, or the timer of a `timeout` that was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unpolled {
    /// The task that made it; none outside every task.
    pub task: Option<TaskId>,
    /// Where it was made.
    pub line: Location,
    /// When it was dropped.
    pub at: Moment,
    /// True if it is the timer of a `timeout`.
    #[serde(default)]
    pub deadline: bool,
}

/// A poll that held on to its thread for long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stall {
    /// The task that was polled.
    pub task: TaskId,
    /// When the poll began, on the program's clock.
    pub began: Moment,
    /// When it ended; none if the program had to be ended because of it.
    pub ended: Option<Moment>,
    /// For how long it held the thread, in milliseconds of real time.
    pub real_millis: u64,
    /// What the thread was doing.
    pub doing: Doing,
    /// The learner's own lines that it was at, the outermost first. Empty where nobody could look.
    pub lines: Vec<Location>,
    /// True if another strand of the same task, like the other arm of a `join!`, was held up with it.
    pub holds_up_arms: bool,
}

/// What a thread does that a poll holds on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// It computes.
    Working,
    /// It sleeps.
    Sleeping,
    /// It waits for a lock: of the standard library, of `parking_lot`.
    Locking,
    /// It waits for a value on a channel of threads, as the standard library has one.
    Receiving,
    /// It waits for something else: a thread, a future in a `block_on`, the operating system.
    Waiting,
}

/// An await that a task came by over and over within one poll, because it was ready at once each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// The task.
    pub task: TaskId,
    /// The await.
    pub line: Location,
    /// The expression that is awaited, with its arguments left out. Empty where it cannot be told.
    pub code: String,
    /// When the last such poll of the task ended, or the program if it did not.
    pub at: Moment,
    /// True if that poll never ended.
    pub endless: bool,
}

/// An await that told of tasks that had failed, by a panic or because they were aborted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The tasks; empty if it told of some and it is not known of which, as in a library's own collection of handles.
    pub tasks: Vec<TaskId>,
    /// When.
    pub at: Moment,
    /// The await.
    pub line: Location,
    /// True if the program throws away what the await told: `let _ = handle.await;`.
    pub thrown_away: bool,
}

/// An await that told a receiver of a broadcast channel that it had missed values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lag {
    /// The task; none outside every task.
    pub task: Option<TaskId>,
    /// When.
    pub at: Moment,
    /// The await.
    pub line: Location,
    /// How many values it had missed.
    pub missed: u64,
    /// How the program goes on without a look at that; none if it looks, or if that cannot be told.
    #[serde(default)]
    pub unheeded: Option<Unheeded>,
}

/// How a program goes on that does not heed what it missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unheeded {
    /// With the next value, as if none were missing.
    GoesOn,
    /// It leaves the loop or the function, as if the channel were closed.
    Leaves,
    /// It puts something in the place of the error: `.ok()`, `Err(_) => None`.
    Replaces,
}

/// A value that was taken in by a future which was dropped before it handed the value out, though what it took from was used
/// again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LostValue {
    /// The task.
    pub task: TaskId,
    /// When the future was dropped.
    pub at: Moment,
    /// The await that it was at.
    pub line: Location,
    /// The arm of a `select!`, or the await with a deadline, that was cut off with it; the same as `line` if it was that one
    /// itself.
    pub cut_off: Location,
    /// What was lost.
    pub value: InHand,
}

/// What a dropped future had in hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InHand {
    /// So many bytes, of which the read was not done.
    Bytes(u64),
    /// The value that it was to send, in a channel without room.
    Unsent,
    /// What an earlier await had yielded.
    Taken(Location),
}

/// A tick of an interval that had been due already when the one before it was taken: the interval makes up for what was missed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverdueTick {
    /// The task that took it.
    pub task: TaskId,
    /// The await.
    pub line: Location,
    /// When it was taken.
    pub at: Moment,
    /// When it was due, in nanoseconds since the start of the recording.
    pub due_nanos: u64,
    /// How long after the one before it was due: the interval's period.
    pub period_nanos: u64,
    /// When the one before was taken.
    pub after: Moment,
}

/// One wake of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wake {
    /// The task that was woken.
    pub task: TaskId,
    /// The task that woke it; none for a timer, a socket or another thread.
    pub by: Option<TaskId>,
    /// When.
    pub at: Moment,
}

/// One poll of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// The task that was polled.
    pub task: TaskId,
    /// When the poll began.
    pub began: Moment,
    /// When it ended.
    pub ended: Moment,
}

/// One line printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Print {
    /// The task that printed it; none outside every task.
    pub task: Option<TaskId>,
    /// When.
    pub at: Moment,
    /// The text as it was printed, colours and all, with its newline if it had one.
    pub text: String,
    /// Where.
    pub line: Location,
}

/// A thread that was blocked by `workbook::thread::sleep`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// The task whose poll blocked; none outside every task.
    pub task: Option<TaskId>,
    /// When the thread was blocked.
    pub began: Moment,
    /// When it went on.
    pub ended: Moment,
    /// Where.
    pub line: Location,
}

/// A panic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panic {
    /// The task that panicked; none outside every task.
    pub task: Option<TaskId>,
    /// When.
    pub at: Moment,
    /// What it said.
    pub message: String,
    /// Where.
    pub line: Location,
}
