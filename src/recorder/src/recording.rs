//! What a program did, as plain data: no input or output, nothing borrowed, nothing measured in real time.
//!
//! A [`Recording`] is made by the recorder and read by everything else: checks, diagnoses, pictures, reports.
//! Time is counted from the start of the recording. On the virtual clock polls have no width, so every moment
//! also has a step: a number that grows with each thing the recorder saw.

mod file;
mod indexed;
mod reading;
mod seen;
mod task;
mod wait;

use std::{fmt, sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

pub use file::ReadError;
pub use indexed::Indexed;
pub use reading::without_ports;
pub use reading::{Line, duration_text};
pub use seen::{
    Block, Doing, InHand, Lag, Look, LostValue, OverdueTick, Panic, Poll, Print, Round, Stall, Unheeded, Unpolled, Wake,
};
pub use task::{Closed, How, Intent, Task, TaskEnd, TaskKind};
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
    /// Ticks of intervals that came in a burst. Those of a file that asks for bursts by name are left out.
    #[serde(default)]
    pub overdue_ticks: Vec<OverdueTick>,
    /// Values that went with a future that was dropped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost_values: Vec<LostValue>,
    /// The locks and semaphores, barriers, channels, sets of tasks and `Notify`s of the program; a [`ResourceId`] is an index
    /// into this list.
    pub resources: Vec<Resource>,
    /// Every guard of a lock and every permit of a semaphore that a task held.
    pub holds: Vec<Hold>,
    /// Timers that were made and dropped without ever being awaited.
    pub unpolled: Vec<Unpolled>,
    /// Polls that held on to their thread for long. Their length is real time, so nothing that is compared with another
    /// run may look at them.
    pub stalls: Vec<Stall>,
    /// The loops in the tasks' last polls that went round without ever waiting.
    #[serde(default)]
    pub rounds: Vec<Round>,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    pub file: Arc<str>,
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

/// Names a resource of one recording: an index into [`Recording::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ResourceId(pub usize);

/// Something that tasks share and wait for: where tokio tells one from another, or where the program made it and is
/// [`identified`](Recording::identified).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// What it is, by what is waited for at it; an `mpsc` channel is `MpscRecv`, though senders wait at it, too.
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
