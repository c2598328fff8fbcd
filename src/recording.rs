//! What a program did, as plain data: no input or output, nothing borrowed, nothing measured in real time.
//!
//! A [`Recording`] is made by the recorder and read by everything else: checks, diagnoses, pictures, reports.
//! Time is counted from the start of the recording. On the virtual clock polls have no width, so every moment
//! also has a step: a number that grows with each thing the recorder saw.

mod cut;
mod file;
mod reading;
mod wait;

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

pub use file::ReadError;
pub(crate) use reading::without_ports;
pub use reading::{Line, duration_text};
pub use wait::{Wait, WaitEnd, WaitKind};

/// The version of the format. A reader refuses a recording of a version it does not know.
pub const VERSION: u32 = 4;

/// Everything that was seen of one program, from its start to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// [`VERSION`] of the workbook that wrote it.
    pub version: u32,
    /// The clock the program ran on.
    pub clock: Clock,
    /// How the program ended.
    pub outcome: Outcome,
    /// When it ended.
    pub ended: Moment,
    /// Its tasks in the order they were spawned; a [`TaskId`] is an index into this list.
    pub tasks: Vec<Task>,
    /// Its waits, in the order they began.
    pub waits: Vec<Wait>,
    /// Every wake of a task, in order.
    pub wakes: Vec<Wake>,
    /// Every poll of a task, in order.
    pub polls: Vec<Poll>,
    /// Every line printed with `workbook::println!`, in order.
    pub prints: Vec<Print>,
    /// Every time `workbook::thread::sleep` blocked a thread.
    pub blocks: Vec<Block>,
    /// Closures on the blocking pool that were still running when main had returned and its runtime was to end: a program
    /// that is not recorded ends only when they do.
    pub held_up_by: Vec<TaskId>,
    /// Every panic, whether somebody looked at it or not.
    pub panics: Vec<Panic>,
    /// True if the program was built so that each await has an identity, as the companion builds it. Only then are waits
    /// exact under every combinator, and only then is it known who looked at what became of a task.
    pub identified: bool,
    /// Every time an await told of tasks that had failed.
    pub looks: Vec<Look>,
    /// Every time a receiver of a broadcast channel was told that it had missed values.
    pub lags: Vec<Lag>,
    /// The locks and semaphores, barriers and oneshot channels of the program; a [`ResourceId`] is an index into this list.
    pub resources: Vec<Resource>,
    /// Every guard of a lock and every permit of a semaphore that a task held.
    pub holds: Vec<Hold>,
    /// Timers that were made and dropped without ever being awaited.
    pub unpolled: Vec<Unpolled>,
    /// Polls that held on to their thread for long. Their length is real time, so nothing that is compared with another
    /// run may look at them.
    pub stalls: Vec<Stall>,
    /// On the virtual clock, the stretches in which time passed at its real pace, because somebody outside could act.
    #[serde(default)]
    pub real_time: Vec<RealTime>,
}

/// A stretch of the virtual clock in which time passed at its real pace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealTime {
    /// When it began.
    pub from: Moment,
    /// When it ended: nobody was left who could act, or the program had ended.
    pub until: Moment,
    /// Who could have acted.
    pub waited_for: Vec<Outside>,
}

/// Somebody outside who can make a program go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outside {
    /// A child process.
    Child,
    /// Another program, at the other end of a socket or pipe.
    Peer,
    /// Whoever writes to standard input, or to something else that a thread reads.
    Input,
    /// A thread that computes, or that goes on by itself after a while.
    Thread,
    /// Whoever sends a signal.
    Signal,
    /// A client that may call.
    Client,
}

/// The clock a program ran on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Time moves by itself only when nothing else can happen; every duration is exact.
    Virtual,
    /// The machine's own clock.
    Real,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The main function or future returned.
    Returned,
    /// The main function or future panicked.
    Panicked,
    /// Every task waited and nothing was left that could have woken one.
    Stuck,
    /// Some of its tasks waited for locks that only they themselves held, and nothing could free them; others may have gone
    /// on.
    Deadlocked,
    /// Nothing happened on the real clock for so long that it was ended; it may have waited for something from outside.
    AtRest,
    /// Somebody ended it by hand, with Ctrl-C.
    Interrupted,
    /// The check that ran it had seen enough, and ended it.
    Judged,
    /// It went on past the limits of virtual time, steps or printed lines; the sentence says which.
    Runaway(String),
    /// It held the thread, and the watchdog ended it; the sentence says what was known of it.
    Held(String),
}

/// A point in the life of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// Nanoseconds since the start of the recording.
    pub nanos: u64,
    /// Grows with everything the recorder saw; two moments of one recording never share a step.
    pub step: u64,
}

impl Moment {
    /// The time since the start of the recording.
    pub fn time(self) -> Duration {
        Duration::from_nanos(self.nanos)
    }
}

/// Names a task of one recording: an index into [`Recording::tasks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaskId(pub usize);

/// A place in source code.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The file; relative to the workspace, with `/`, where it lies inside.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1; 0 where it is not known.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One task: something a runtime polls by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// "main", the name given with tokio's task builder, or "task 1", "task 2" in the order of spawning.
    pub name: String,
    /// What spawned it and where it runs.
    pub kind: TaskKind,
    /// Where it was spawned; an empty file for the main task.
    pub spawned_at: Location,
    /// The task that spawned it; none for the main task.
    pub spawned_by: Option<TaskId>,
    /// When it was spawned.
    pub spawned: Moment,
    /// How and when it ended; none if it was alive when the program ended.
    pub end: Option<TaskEnd>,
    /// True for a task of a `JoinSet`, which is aborted when the set is dropped.
    pub in_set: bool,
    /// What the source says of its spawn; nothing of a task that has come to an end by itself.
    pub intent: Intent,
    /// How many wakers of the task somebody still kept when the program ended: without any, nothing could wake it. None
    /// where tokio does not say, as for the future of a `block_on` that the program called itself.
    pub wakers_kept: Option<usize>,
}

/// What the source says of a spawn. All of it is false where that cannot be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The JoinHandle is thrown away at once, so nobody can ever await the task.
    pub detached: bool,
    /// The task is a loop that nothing but an error ends: it is meant to go on for as long as there is a runtime.
    pub endless: bool,
    /// What it is spawned on is dropped, emptied or shut down by name.
    pub cancelled: bool,
}

/// What kind of task it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// What `block_on` polls.
    Main,
    /// Spawned with `tokio::spawn` or on a `JoinSet`.
    Spawned,
    /// Spawned with `spawn_local`.
    Local,
    /// A closure on the blocking pool: `spawn_blocking`, and the work of `tokio::fs`.
    Blocking,
}

/// The end of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskEnd {
    /// When it ended.
    pub at: Moment,
    /// How it ended.
    pub how: How,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Its future returned `Ready`.
    Finished,
    /// It panicked.
    Panicked,
    /// It was dropped before it was done: aborted, or its runtime was shut down.
    Dropped,
}

/// Names a resource of one recording: an index into [`Recording::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceId(pub usize);

/// Something that tasks share and wait for, where tokio tells one from another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// What it is: `Mutex`, `RwLock`, `Semaphore`, `Barrier` or `Oneshot`.
    pub kind: WaitKind,
    /// Where it was made.
    pub made_at: Location,
}

/// A guard or permits, from when a task got them to when they were given back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    /// Of what.
    pub resource: ResourceId,
    /// The task that got them; none outside every task.
    pub task: Option<TaskId>,
    /// Where it got them, in the learner's own code.
    pub line: Option<Location>,
    /// When it got them.
    pub from: Moment,
    /// When they were given back; none if they never were.
    pub until: Option<Moment>,
    /// True if the guard may have been moved to another task, because it borrows nothing (`lock_owned`), or if that is not
    /// known.
    pub movable: bool,
}

/// A timer that was made and dropped without ever being awaited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unpolled {
    /// The task that made it; none outside every task.
    pub task: Option<TaskId>,
    /// Where it was made.
    pub line: Location,
    /// When it was dropped.
    pub at: Moment,
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
