//! W08: a future was made and dropped without ever being polled, where that can be seen.
//!
//! A future that is not polled does nothing, so most of them leave no trace. Two kinds do: a timer, and so a timeout, is known
//! to tokio from the moment it is made, and a task from the moment it is spawned. The rest is for the compiler (`unused_must_use`).

use std::{cell::LazyCell, collections::HashSet};

use super::{Found, tasks_of_the_program, words};
use crate::recording::{How, Indexed, Location, Moment, Outcome, Poll, Recording, Task, TaskId, TaskKind};

/// Timers that were never awaited, and tasks of a `LocalSet` that was dropped before their first poll: a finding for each line
/// that made some.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let timers = by_line(recording.unpolled.iter().map(|unpolled| (&unpolled.line, unpolled.deadline)));
    let timers = timers
        .into_iter()
        .map(|(line, all)| if all.contains(&true) { of_timeouts(line, all.len()) } else { of_sleeps(line, all.len()) });
    let tasks = by_line(never_began(recording).map(|(id, task)| (&task.spawned_at, id)));
    timers.chain(tasks.into_iter().map(|(line, tasks)| of_tasks(recording, line, &tasks))).collect()
}

fn by_line<'a, T>(all: impl Iterator<Item = (&'a Location, T)>) -> Vec<(&'a Location, Vec<T>)> {
    let mut groups: Vec<(&Location, Vec<T>)> = Vec::new();
    for (line, one) in all {
        match groups.iter_mut().find(|(first, _)| *first == line) {
            Some((_, group)) => group.push(one),
            None => groups.push((line, vec![one])),
        }
    }
    groups
}

fn of_sleeps(line: &Location, count: usize) -> Found {
    let message = match count {
        1 => "a sleep was made and dropped, and never awaited".to_string(),
        _ => format!("{count} sleeps were made and dropped, and never awaited"),
    };
    Found::new(
        message,
        "Calling sleep() does not wait: it makes a future. A future does nothing until it is polled, and only .await (or a \
         join!, a select!, a spawn) polls it.",
        "add .await",
    )
    .at(Some(line), "this sleeps for no time at all")
}

fn of_timeouts(line: &Location, count: usize) -> Found {
    let message = match count {
        1 => "a timeout was made and dropped, and never awaited".to_string(),
        _ => format!("{count} timeouts were made and dropped, and never awaited"),
    };
    Found::new(
        message,
        "Calling timeout() starts neither the clock nor the future that you hand to it: it makes a new future around that one. A \
         future does nothing until it is polled, and only .await (or a join!, a select!, a spawn) polls it. So the future inside \
         never ran either, not even its first line.",
        "add .await, and look at the Result: it is an Err if the time was up first",
    )
    .at(Some(line), "nothing awaits this timeout, so nothing inside it runs")
}

fn of_tasks(recording: &Recording, line: &Location, tasks: &[TaskId]) -> Found {
    let (names, was) = (words::names(recording, tasks), words::verb(tasks, "was", "were"));
    let (its, it) = (words::verb(tasks, "its", "their"), words::verb(tasks, "it", "them"));
    let is = words::verb(tasks, "is", "are");
    Found::new(
        format!("{names} {was} dropped before {its} first poll, so nothing of {it} ever ran"),
        "spawn_local() on a LocalSet only puts a task into its queue. It is polled while the LocalSet is run. Dropped before \
         that, not even its first line runs.",
        "await the LocalSet, or use its run_until, so that its tasks run",
    )
    .at(Some(line), format!("{names} {is} spawned here"))
}

/// The tasks that never had a turn, where that is a fault for sure: those of a `LocalSet` that nobody ran.
///
/// One that is aborted is no fault, whether its end is awaited then or not: that is how a task is cancelled, and its first
/// turn may not have come yet. A set's tasks that go with the set are lost (W03), and so are those that are alive when the
/// program ends. A line of which other tasks have had a turn belongs to a program that cancels on purpose.
fn never_began<'a>(recording: &'a Indexed) -> impl Iterator<Item = (TaskId, &'a Task)> {
    let dropped = |task: &Task| task.end.as_ref().filter(|end| end.how == How::Dropped).map(|end| end.at);
    let is_unrun = move |id: TaskId, task: &Task| {
        let is_local = task.kind == TaskKind::Local && !task.in_set && !task.is_main();
        is_local && dropped(task).is_some() && recording.polls_of(id).next().is_none()
    };
    let returned = recording.outcome == Outcome::Returned;
    let unrun = tasks_of_the_program(recording).filter(move |(id, task)| returned && is_unrun(*id, task));
    let turns = LazyCell::new(|| Turns::of(recording));
    unrun.filter(move |(_, task)| {
        // What is dropped in a turn of a task is dropped by that task, and not by the runtime.
        !turns.lines.contains(&task.spawned_at) && dropped(task).is_some_and(|at| turns.is_in_one(at))
    })
}

/// The turns that tasks have had.
struct Turns<'a> {
    /// The lines that spawned a task which had one.
    lines: HashSet<&'a Location>,
    /// When each began, and when the last of all those until then ended.
    all: Vec<(Moment, Moment)>,
}

impl<'a> Turns<'a> {
    fn of(recording: &'a Recording) -> Self {
        let lines = recording.polls.iter().map(|poll| &recording.tasks[poll.task.0].spawned_at);
        let mut last = Moment::default();
        let ended = |poll: &Poll| {
            last = last.max(poll.ended);
            (poll.began, last)
        };
        Self { lines: lines.collect(), all: recording.polls.iter().map(ended).collect() }
    }

    fn is_in_one(&self, at: Moment) -> bool {
        let before = self.all.partition_point(|(began, _)| *began < at);
        before.checked_sub(1).is_some_and(|last| at < self.all[last].1)
    }
}
