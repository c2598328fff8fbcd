//! W04: a task panicked, and nobody looked at it.

use std::{cell::LazyCell, collections::HashMap};

use super::{Found, words};
use crate::recording::{
    How, Indexed, Location, Look, Moment, Outcome, Panic, Recording, Task, TaskId, TaskKind, Wait, WaitKind, Wake,
};

/// A wake within so many steps and nanoseconds of a task's end may come from it.
const AT_ONCE: (u64, u64) = (4, 20_000);

/// The panics of tasks at which it is known that nobody looked: a finding for each line that panicked.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let mut groups: Vec<(&Panic, Looked, Vec<TaskId>)> = Vec::new();
    for (id, panic, looked) in panics(recording) {
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
pub(super) fn maybe_unseen<'a>(recording: &'a Indexed) -> impl Iterator<Item = &'a Panic> {
    panics(recording).filter(|(.., looked)| *looked == Looked::Unknown).map(|(_, panic, _)| panic)
}

/// The panics that ended tasks of the program, and who looked at each.
fn panics<'a>(recording: &'a Indexed) -> impl Iterator<Item = (TaskId, &'a Panic, Looked<'a>)> {
    let known = LazyCell::new(|| Known::of(recording));
    panicked(recording).filter_map(move |(id, task)| {
        // The last one, if there are several.
        let panic = *known.panics.get(&id)?;
        Some((id, panic, known.looked(id, task)))
    })
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

/// What a recording tells of those who look at the ends of tasks.
struct Known<'a> {
    recording: &'a Indexed<'a>,
    panics: HashMap<TaskId, &'a Panic>,
    /// The looks at each task, and the last one that does not say at which.
    looks: HashMap<TaskId, Vec<&'a Look>>,
    last_look: Option<Moment>,
    /// The waits for a task that were given up while there was only one that can be meant.
    given_up: Vec<&'a Wait>,
    /// When the last `block_on` began.
    last_main: Option<Moment>,
}

impl<'a> Known<'a> {
    fn of(recording: &'a Indexed<'a>) -> Self {
        let mut looks: HashMap<TaskId, Vec<&Look>> = HashMap::new();
        for look in &recording.looks {
            look.tasks.iter().for_each(|task| looks.entry(*task).or_default().push(look));
        }
        let mains = recording.tasks.iter().filter(|task| task.kind == TaskKind::Main);
        Self {
            recording,
            panics: recording.panics.iter().filter_map(|panic| Some((panic.task?, panic))).collect(),
            looks,
            last_look: recording.looks.iter().filter(|look| look.tasks.is_empty()).map(|look| look.at).max(),
            given_up: given_up(recording),
            last_main: mains.map(|task| task.spawned).max(),
        }
    }

    /// Who looked at the panic of this task. A handle that is awaited after its task has ended leaves no trace, unless the
    /// await has an identity; so without that only one that was thrown away is known to be awaited by nobody.
    fn looked(&self, id: TaskId, task: &Task) -> Looked<'a> {
        let looks = self.looks.get(&id).map_or(&[][..], Vec::as_slice);
        if looks.iter().any(|look| !look.thrown_away) {
            return Looked::Somebody;
        }
        if let Some(look) = looks.first() {
            return Looked::Discarded(&look.line);
        }
        if task.intent.detached {
            return Looked::Nobody;
        }
        let Some(ended) = task.end.as_ref().map(|end| end.at) else { return Looked::Unknown };
        let known = self.may_know(ended) || self.is_let_go(id, task.spawned, ended);
        if known && !self.may_have_been_seen(id, ended) { Looked::Nobody } else { Looked::Unknown }
    }

    /// True if the handle was awaited and dropped before the task ended, as an arm of a `select!` is. A handle that is kept
    /// has the waker of whoever awaited it last, and the task's end wakes that one.
    fn is_let_go(&self, id: TaskId, spawned: Moment, ended: Moment) -> bool {
        let is_for_it = |wait: &Wait| spawned < wait.began && wait.end.is_some_and(|end| end.at < ended);
        self.given_up.iter().any(|wait| wait.task != id && is_for_it(wait))
    }

    /// True if every await is known, and the program has had its chance to look.
    fn may_know(&self, ended: Moment) -> bool {
        let over = matches!(self.recording.outcome, Outcome::Returned | Outcome::Stuck);
        // The future of a later `block_on` may be the handle itself.
        let another_begins = self.last_main.is_some_and(|begun| ended < begun);
        self.recording.identified && over && !another_begins
    }

    /// True if somebody may have got the error in a way that does not say so: its end woke a waiter, or an await got some
    /// error from a collection of handles.
    fn may_have_been_seen(&self, id: TaskId, ended: Moment) -> bool {
        // A waker of a library's own, as of a FuturesUnordered, does not say whose end woke it, but does so at once.
        let at_once = |wake: &&Wake| wake.at.nanos.abs_diff(ended.nanos) <= AT_ONCE.1;
        let wakes = &self.recording.wakes;
        let after = &wakes[wakes.partition_point(|wake| wake.at <= ended)..];
        let next = after.iter().take_while(|wake| wake.at.step.saturating_sub(ended.step) <= AT_ONCE.0);
        self.recording.wakes_by(id).any(|wake| wake.at > ended)
            || next.take_while(at_once).any(|wake| wake.by.is_none())
            || self.last_look.is_some_and(|look| look > ended)
    }
}

/// The waits for a task that ended before it, while there was only one task that can be meant.
fn given_up(recording: &Recording) -> Vec<&Wait> {
    let others = || recording.tasks.iter().filter(|task| !task.is_main());
    let sorted = |mut moments: Vec<Moment>| {
        moments.sort_unstable();
        moments
    };
    let spawned = sorted(others().map(|task| task.spawned).collect());
    let ended = sorted(others().filter_map(|task| Some(task.end.as_ref()?.at)).collect());
    let alone = |at: Moment| {
        spawned.partition_point(|moment| *moment < at) == ended.partition_point(|moment| *moment <= at) + 1
    };
    let is_it = |wait: &&Wait| wait.kind == WaitKind::Join && wait.end.is_some() && alone(wait.began);
    recording.waits.iter().filter(is_it).collect()
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
