//! W01: every task waits, and nothing can wake one; or some do so for ever, while others go on.

mod circle;
mod root;
mod told;

use std::collections::HashSet;

use super::{Found, blocked_thread::own_lock, last_seen, lost_waker, own_tasks, unseen_failure, words};
use crate::recording::{Indexed, Location, Outcome, Recording, Task, TaskId, Wait, WaitKind};
use root::Root;
use told::{of_root, waits};

/// So much more has to have happened before a wait is one that lasts for ever.
const STEPS: u64 = 4_000;

/// One finding: what is at the root of it first, then whatever else waits.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    match recording.outcome {
        Outcome::Stuck => everything(recording),
        // Others may have gone on.
        Outcome::Deadlocked | Outcome::AtRest | Outcome::Interrupted | Outcome::Runaway(_) => {
            some(recording).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// How a program ends that is given up because some of its tasks, or all, can never go on; nothing if they may.
pub(crate) fn deadlock(recording: &Recording) -> Option<Outcome> {
    let tasks = circle::tasks(&Indexed::of(recording));
    let all = own_tasks(recording).all(|(id, task)| task.end.is_some() || tasks.contains(&id));
    (!tasks.is_empty()).then_some(if all { Outcome::Stuck } else { Outcome::Deadlocked })
}

/// True if every task waits, and each for what only another one can bring: nothing from outside can wake any.
pub(crate) fn waits_for_itself(recording: &Recording) -> bool {
    let open = || recording.waits.iter().filter(|wait| wait.end.is_none());
    let waiting: HashSet<TaskId> = open().map(|wait| wait.task).collect();
    let alive = |(number, task): (usize, &Task)| (task.is_async() && task.end.is_none()).then_some(TaskId(number));
    let alive: HashSet<TaskId> = recording.tasks.iter().enumerate().filter_map(alive).collect();
    alive.is_subset(&waiting) && open().all(|wait| !alive.contains(&wait.task) || comes_from_tasks(&wait.kind))
}

fn comes_from_tasks(kind: &WaitKind) -> bool {
    match kind {
        WaitKind::MpscRecv
        | WaitKind::MpscSend
        | WaitKind::Oneshot
        | WaitKind::Broadcast
        | WaitKind::Notify
        | WaitKind::Mutex
        | WaitKind::RwLock
        | WaitKind::Semaphore
        | WaitKind::Barrier
        | WaitKind::Pipe
        | WaitKind::Join
        | WaitKind::JoinSet
        | WaitKind::Tracker => true,
        // A signal of the system comes over a watch channel.
        WaitKind::Watch => false,
        WaitKind::Sleep | WaitKind::Interval | WaitKind::Timeout | WaitKind::Yield => false,
        WaitKind::Socket | WaitKind::Child | WaitKind::File | WaitKind::Http | WaitKind::Other => false,
        WaitKind::Signal | WaitKind::Stdin => false,
    }
}

/// The waits of the program's own code that had not ended, by task. A library's task waits there, too, when it runs what the
/// program gave it: the handler of a server.
pub(super) fn open_waits(recording: &Recording) -> Vec<&Wait> {
    let is_open = |wait: &&Wait| wait.end.is_none() && !wait.lines.is_empty();
    let mut open: Vec<&Wait> =
        recording.waits.iter().filter(is_open).filter(|wait| recording.tasks[wait.task.0].is_async()).collect();
    open.sort_by_key(|wait| wait.task);
    open
}

/// What keeps some tasks for ever, while others may go on.
pub(super) fn some(recording: &Indexed) -> Option<Found> {
    let tasks = circle::tasks(recording);
    if tasks.is_empty() {
        return kept_throughout(recording);
    }
    let meant = |wait: &&Wait| tasks.contains(&wait.task) && wait.granted.is_none();
    let waiting: Vec<&Wait> = open_waits(recording).into_iter().filter(meant).collect();
    let found = of_root(recording, &root::of(recording, &waiting)?, &waiting);
    let tasks: Vec<TaskId> = tasks.into_iter().collect();
    Some(with_lines(recording, found, &waiting).spawned(recording, &tasks))
}

/// A program that went on to its limit, while a task waited all along for a lock whose holder waited all along, too.
fn kept_throughout(recording: &Indexed) -> Option<Found> {
    let ended = recording.ended;
    let throughout = |wait: &&Wait| wait.began.nanos < ended.nanos / 2 && ended.step - wait.began.step > STEPS;
    let open = open_waits(recording);
    let root = open.iter().copied().filter(throughout).find_map(|wait| {
        let hold = recording.holds_of(wait.resource?).find(|hold| hold.until.is_none())?;
        let of_holder = recording.open_waits(hold.task?);
        let keeps = |other: &&Wait| throughout(other) && comes_from_tasks(&other.kind);
        let of_holder: Vec<&Wait> = of_holder.collect();
        let keeper = of_holder.first().copied().filter(|_| of_holder.iter().all(keeps))?;
        (keeper.task != wait.task).then_some(Root::Kept { wait, hold, keeper })
    })?;
    matches!(recording.outcome, Outcome::Runaway(_)).then(|| of_root(recording, &root, &[]))
}

/// The lines of these waits, too.
fn with_lines(recording: &Recording, found: Found, waiting: &[&Wait]) -> Found {
    by_line(waiting).iter().fold(found, |found, group| found.at(group.line, group.label(recording)))
}

fn everything(recording: &Indexed) -> Vec<Found> {
    // That is told as a blocked thread.
    if own_lock::all(recording).next().is_some() {
        return Vec::new();
    }
    let lost: HashSet<TaskId> = lost_waker::lost(recording).collect();
    let waiting: Vec<&Wait> = open_waits(recording).into_iter().filter(|wait| !lost.contains(&wait.task)).collect();
    let root = match root::of(recording, &waiting) {
        // Somebody who waits for a task whose waker is lost is not what is wrong.
        Some(Root::Plain(_)) | None if !lost.is_empty() => return Vec::new(),
        Some(root) => root,
        None => return vec![unknown(recording)],
    };
    let mut found = with_lines(recording, of_root(recording, &root, &waiting), &waiting);
    for panic in unseen_failure::maybe_unseen(recording) {
        let name = panic.task.map_or("a task", |task| &recording.tasks[task.0].name);
        found = found.at(Some(&panic.line), format!("{name} panicked here before, and does nothing any more"));
    }
    let mut tasks: Vec<TaskId> = waiting.iter().map(|wait| wait.task).collect();
    tasks.dedup();
    vec![found.spawned(recording, &tasks)]
}

/// The waits at one line.
struct AtLine<'a> {
    line: Option<&'a Location>,
    kind: &'a WaitKind,
    tasks: Vec<TaskId>,
}

impl AtLine<'_> {
    fn label(&self, recording: &Recording) -> String {
        format!("{} here for {}", waits(recording, &self.tasks), words::waits_for(self.kind))
    }
}

fn by_line<'a>(waiting: &[&'a Wait]) -> Vec<AtLine<'a>> {
    let mut groups: Vec<AtLine<'a>> = Vec::new();
    for wait in waiting {
        match groups.iter_mut().find(|group| group.line == wait.line()) {
            Some(group) => group.tasks.push(wait.task),
            None => groups.push(AtLine { line: wait.line(), kind: &wait.kind, tasks: vec![wait.task] }),
        }
    }
    groups
}

/// Stuck in the `block_on` of a runtime that the program built itself, of whose wakers tokio says nothing.
fn unknown(recording: &Indexed) -> Found {
    let waiting = own_tasks(recording).find(|(_, task)| task.end.is_none());
    let last = waiting.and_then(|(id, _)| last_seen(recording, id));
    Found::new(
        "stuck: everything waits, and nothing is left that could wake it",
        "No timer runs, no task can go on, and nothing comes from outside.",
        "ask of each await: who is to end it, and does that one wait, too?",
    )
    .at(last, "this is the last that was seen")
}
