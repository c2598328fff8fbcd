//! W01: every task waits, and nothing can wake one.

mod root;

use super::{Found, last_seen, lost_waker, own_tasks, words};
use crate::recording::{Hold, Location, Outcome, Recording, TaskId, Wait, WaitKind, duration_text};
use root::Root;

/// One finding for the whole program: what is at the root of it first, then whatever else waits.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Stuck {
        return Vec::new();
    }
    let (lost, others): (Vec<_>, Vec<_>) =
        own_tasks(recording).partition(|(id, task)| lost_waker::is_lost(recording, *id, task));
    let waiting: Vec<&Wait> = others.iter().flat_map(|(id, _)| recording.open_waits(*id)).collect();
    let root = match root::of(recording, &waiting) {
        // Somebody who waits for a task whose waker is lost is not what is wrong.
        Some(Root::Plain(_)) | None if !lost.is_empty() => return Vec::new(),
        Some(root) => root,
        None => return vec![unknown(recording)],
    };
    let mut found = of_root(recording, &root, &waiting);
    for group in by_line(&waiting) {
        found = found.at(group.line, group.label(recording));
    }
    for (_, task) in own_tasks(recording).filter(|(id, _)| waiting.iter().any(|wait| wait.task == *id)) {
        found = found.at(Some(&task.spawned_at), format!("{} is spawned here", task.name));
    }
    vec![found]
}

fn of_root(recording: &Recording, root: &Root<'_>, waiting: &[&Wait]) -> Found {
    let name = |task: TaskId| recording.tasks[task.0].name.as_str();
    match root {
        Root::Itself(wait, hold) => {
            let several = waiting.iter().filter(|other| other.task == wait.task).count() > 1;
            let (explanation, help) = if several {
                (
                    "It does several things at once, as in a join! or a stream of many, and one of them holds what another \
                     one waits for.",
                    "drop each guard and permit when its work is done, and take locks in the same order everywhere",
                )
            } else {
                (
                    "What it has taken before is given back when the guard is dropped, at the end of its scope, and the task \
                     does not get there.",
                    "drop the first guard before you ask again: end its scope with { }, or call drop(guard)",
                )
            };
            let waits_for = words::waits_for(&wait.kind);
            Found::new(
                format!("stuck: {} waits for {waits_for} that it holds itself", name(wait.task)),
                explanation,
                help,
            )
            .at(wait.line(), format!("{} waits here", name(wait.task)))
            .at(hold.line.as_ref(), held(recording, hold))
        }
        Root::Circle(links) => {
            let (first, _) = links[0];
            let tasks: Vec<TaskId> = links.iter().map(|(wait, _)| wait.task).collect();
            let found = Found::new(
                format!(
                    "stuck: {} wait in a circle, each for a lock that the next one holds",
                    words::names(recording, &tasks)
                ),
                "Nobody gives up what it holds before it has got the other, so nobody ever gets it: a deadlock.",
                "take the locks in the same order everywhere, or hold only one of them at a time",
            );
            let found = found.at(first.line(), waits_here(recording, first));
            let found = links.iter().fold(found, |found, (wait, _)| found.at(wait.line(), waits_here(recording, wait)));
            links.iter().fold(found, |found, (_, hold)| found.at(hold.line.as_ref(), held(recording, hold)))
        }
        Root::Kept { wait, hold, keeper } => Found::new(
            format!(
                "stuck: {} waits for {} while it holds what {} needs",
                name(keeper.task),
                words::waits_for(&keeper.kind),
                name(wait.task)
            ),
            "What it waits for can only come from somebody who waits for what it holds. A guard that lives across an await \
             is held for as long as the await takes.",
            "drop the guard before that await: end its scope with { }, or call drop(guard)",
        )
        .at(keeper.line(), waits_here(recording, keeper))
        .at(hold.line.as_ref(), held(recording, hold))
        .at(wait.line(), waits_here(recording, wait)),
        Root::NotGivenBack { wait, hold } => {
            let taker = hold.task.map_or("somebody", name);
            Found::new(
                format!("stuck: {} waits for {}, and {taker} never gave it back", name(wait.task), words::waits_for(&wait.kind)),
                "Guards and permits go back when they are dropped. One that was forgotten (forget, mem::forget), leaked or put \
                 away in a place that goes on living never does.",
                "let the guard or permit be dropped when the work is done",
            )
            .at(hold.line.as_ref(), held(recording, hold))
            .at(wait.line(), waits_here(recording, wait))
        }
        Root::Joins(joins) => {
            let (first, tasks) = (joins[0], joins.iter().map(|wait| wait.task).collect::<Vec<_>>());
            let (waits, each_other) =
                (words::verb(&tasks, "waits", "wait"), words::verb(&tasks, "itself", "each other"));
            Found::new(
                format!("stuck: {} {waits} for the end of {each_other}", words::names(recording, &tasks)),
                "A JoinHandle is ready when its task has ended. A task that awaits its own handle, or that of a task which waits \
                 for it, never gets to its end.",
                "await a handle only in the task that spawned it; let tasks tell each other of results over a channel",
            )
            .at(first.line(), format!("{} {waits} here", words::names(recording, &tasks)))
        }
        Root::Plain(wait) => {
            let alone = waiting.iter().all(|other| other.task == wait.task);
            let (explanation, help) = root::why(&wait.kind, alone);
            let tasks: Vec<TaskId> =
                waiting.iter().filter(|other| other.line() == wait.line()).map(|other| other.task).collect();
            let message = format!(
                "stuck: {} {} for {}, and nothing is left that could end the wait",
                words::names(recording, &tasks),
                words::verb(&tasks, "waits", "wait"),
                words::waits_for(&wait.kind)
            );
            let found = Found::new(message, explanation, help);
            let found = found.at(wait.line(), format!("{} here", waits(recording, &tasks)));
            match wait.resource.map(|resource| &recording.resources[resource.0]) {
                Some(resource) => found.at(Some(&resource.made_at), "it is made here"),
                None => found,
            }
        }
    }
}

fn waits(recording: &Recording, tasks: &[TaskId]) -> String {
    format!("{} {}", words::names(recording, tasks), words::verb(tasks, "waits", "wait"))
}

fn waits_here(recording: &Recording, wait: &Wait) -> String {
    format!("{} waits here for {}", recording.tasks[wait.task.0].name, words::waits_for(&wait.kind))
}

fn held(recording: &Recording, hold: &Hold) -> String {
    let who = hold.task.map_or("somebody", |task| recording.tasks[task.0].name.as_str());
    format!("{who} has held it since {}", duration_text(hold.from.time()))
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
fn unknown(recording: &Recording) -> Found {
    let waiting = own_tasks(recording).find(|(_, task)| task.end.is_none());
    let last = waiting.and_then(|(id, _)| last_seen(recording, id));
    Found::new(
        "stuck: everything waits, and nothing is left that could wake it",
        "No timer runs, no task can go on, and nothing comes from outside.",
        "ask of each await: who is to end it, and does that one wait, too?",
    )
    .at(last, "this is the last that was seen")
}
