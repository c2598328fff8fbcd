//! W04: a task panicked, and nobody looked at it.

use super::{Found, words};
use crate::recording::{How, Location, Moment, Outcome, Panic, Recording, Task, TaskId, TaskKind, WaitKind};

/// A wake within so many steps and nanoseconds of a task's end may come from it.
const AT_ONCE: (u64, u64) = (4, 20_000);

/// The panics of tasks at which it is known that nobody looked: a finding for each line that panicked.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    let mut groups: Vec<(&Panic, Looked, Vec<TaskId>)> = Vec::new();
    for (id, task) in panicked(recording) {
        let looked = looked(recording, id, task);
        let Some(panic) = recording.panics.iter().rfind(|panic| panic.task == Some(id)) else { continue };
        if matches!(looked, Looked::Unknown | Looked::Somebody) {
            continue;
        }
        match groups.iter_mut().find(|(first, how, _)| first.line == panic.line && *how == looked) {
            Some((.., tasks)) => tasks.push(id),
            None => groups.push((panic, looked, vec![id])),
        }
    }
    groups.into_iter().map(|(panic, looked, tasks)| found(recording, panic, &looked, &tasks)).collect()
}

/// The panics that ended a task where nothing tells whether anybody looked: they may be why others wait.
pub(super) fn maybe_unseen(recording: &Recording) -> impl Iterator<Item = &Panic> {
    let unknown = panicked(recording).filter(|(id, task)| looked(recording, *id, task) == Looked::Unknown);
    unknown.filter_map(|(id, _)| recording.panics.iter().rfind(|panic| panic.task == Some(id)))
}

/// The tasks of the program that a panic has ended, closures on the blocking pool among them.
fn panicked(recording: &Recording) -> impl Iterator<Item = (TaskId, &Task)> {
    let tasks = recording.tasks.iter().enumerate().map(|(number, task)| (TaskId(number), task));
    let of_program = |task: &Task| !task.is_of_library() && !task.is_main() && !task.spawned_at.is_of_checks();
    tasks.filter(move |(_, task)| of_program(task) && task.end.as_ref().is_some_and(|end| end.how == How::Panicked))
}

/// Who looked at the panic of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Looked<'a> {
    /// Nobody.
    Nobody,
    /// An await got the error, and the program threw it away there.
    Discarded(&'a Location),
    /// An await got the error, and the program kept it.
    Somebody,
    /// That is not known.
    Unknown,
}

/// Who looked at the panic of this task. A handle that is awaited after its task has ended leaves no trace, unless the await
/// has an identity; so without that only one that was thrown away is known to be awaited by nobody.
fn looked<'a>(recording: &'a Recording, id: TaskId, task: &Task) -> Looked<'a> {
    let looks = || recording.looks.iter().filter(|look| look.tasks.contains(&id));
    if looks().any(|look| !look.thrown_away) {
        return Looked::Somebody;
    }
    if let Some(look) = looks().next() {
        return Looked::Discarded(&look.line);
    }
    if task.intent.detached {
        return Looked::Nobody;
    }
    let known = may_know(recording, task) || is_let_go(recording, id, task);
    if known && !may_have_been_seen(recording, id, task) { Looked::Nobody } else { Looked::Unknown }
}

/// True if the handle was awaited and dropped before the task ended, as an arm of a `select!` is. A handle that is kept has
/// the waker of whoever awaited it last, and the task's end wakes that one. Which handle a wait is for is known if there is
/// only one task that can be meant.
fn is_let_go(recording: &Recording, id: TaskId, task: &Task) -> bool {
    let Some(ended) = task.end.as_ref().map(|end| end.at) else { return false };
    recording.waits.iter().any(|wait| {
        let there = |other: &&Task| {
            other.spawned < wait.began && other.end.as_ref().is_none_or(|end| end.at > wait.began) && !other.is_main()
        };
        let alone = recording.tasks.iter().filter(there).count() == 1;
        let given_up = task.spawned < wait.began && wait.end.is_some_and(|end| end.at < ended);
        wait.kind == WaitKind::Join && wait.task != id && given_up && alone
    })
}

/// True if every await is known, and the program has had its chance to look.
fn may_know(recording: &Recording, task: &Task) -> bool {
    let over = matches!(recording.outcome, Outcome::Returned | Outcome::Stuck);
    // The future of a later `block_on` may be the handle itself.
    let another_begins = recording
        .tasks
        .iter()
        .any(|other| other.kind == TaskKind::Main && task.end.as_ref().is_some_and(|end| end.at < other.spawned));
    recording.identified && over && !another_begins
}

/// True if somebody may have got the error in a way that does not say so: its end woke a waiter, or an await got some error
/// from a collection of handles.
fn may_have_been_seen(recording: &Recording, id: TaskId, task: &Task) -> bool {
    let Some(ended) = task.end.as_ref().map(|end| end.at) else { return true };
    // A waker of a library's own, as of a FuturesUnordered, does not say whose end woke it, but does so at once.
    let at_once =
        |at: Moment| at > ended && at.step - ended.step <= AT_ONCE.0 && at.nanos.abs_diff(ended.nanos) <= AT_ONCE.1;
    let woke_somebody = recording.wakes.iter().any(|wake| match wake.by {
        Some(by) => by == id && wake.at > ended,
        None => at_once(wake.at),
    });
    woke_somebody || recording.looks.iter().any(|look| look.tasks.is_empty() && look.at > ended)
}

fn found(recording: &Recording, panic: &Panic, looked: &Looked, tasks: &[TaskId]) -> Found {
    let names = words::names(recording, tasks);
    let said = words::shortened(&panic.message, 72);
    let (and_then, why, help) = match looked {
        Looked::Discarded(_) => (
            "the error was thrown away",
            "A panic ends only its own task. Whoever awaits the JoinHandle gets it as an Err(JoinError). Here the Result was \
             thrown away without a look at it, so the program does not know.",
            "look at the Result: match it, or at least use ? or expect",
        ),
        _ if recording.outcome == Outcome::Stuck => (
            "nobody looked at it",
            "A panic ends only its own task. What it still had to do never comes, and the others may wait for just that. \
             Nobody awaited its JoinHandle, which would have told of the panic.",
            "mend the panic first; and await the JoinHandle, beside whatever else you wait for, so that the program hears of it",
        ),
        _ => (
            "the program went on as if nothing had happened",
            "A panic ends only its own task. Awaiting the JoinHandle yields it as an Err(JoinError). Nobody awaited this one, so \
             nobody knows.",
            "keep the handle, await it, and look at the Result: match it, or at least use ? or expect",
        ),
    };
    let found = Found::new(format!("{names} panicked (\u{201c}{said}\u{201d}), and {and_then}"), why, help)
        .at(Some(&panic.line), format!("{names} panicked here"));
    let found = match looked {
        Looked::Discarded(line) => found.at(Some(line), "the error came here, and was thrown away"),
        _ => found,
    };
    found.spawned(recording, tasks)
}
