//! Tasks.

use serde::{Deserialize, Serialize};

use super::{Location, Moment, TaskId};

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
    /// What it was dropped with, if it was alive when that was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub went_with: Option<Closed>,
    /// True for a task of a `JoinSet`, which is aborted when the set is dropped.
    pub in_set: bool,
    /// True for a task that was spawned on a `TaskTracker`.
    #[serde(default)]
    pub in_tracker: bool,
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
    /// What it is spawned on is dropped, emptied or shut down by name; or it went with what was closed, and its file ends tasks
    /// early by name.
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

/// What drops the tasks that are alive when it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// A runtime that was dropped before the program returned.
    Runtime,
    /// A `LocalSet` that was dropped.
    LocalSet,
}
