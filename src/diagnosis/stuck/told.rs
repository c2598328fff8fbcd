//! What is said of each root of a stuck program.

use super::{
    by_line,
    root::{Root, why},
};
use crate::{
    diagnosis::{Found, words},
    recording::{Hold, Location, Recording, TaskId, Wait, duration_text},
};

/// The finding; `waiting` are all waits that are still going on.
pub(super) fn of_root(recording: &Recording, root: &Root<'_>, waiting: &[&Wait]) -> Found {
    match root {
        Root::Itself(wait, hold) => itself(recording, wait, hold, waiting),
        Root::Circle(links) => circle(recording, links),
        Root::Kept { wait, hold, keeper } => kept(recording, wait, hold, keeper),
        Root::Turn { wait, turn } => set_aside(recording, wait, turn),
        Root::NotRun { wait, task } => not_run(recording, wait, *task),
        Root::NotPolled { wait, ready } => not_polled(recording, wait, ready),
        Root::NotGivenBack { wait, hold } => not_given_back(recording, wait, hold),
        Root::Joins(joins) => joins_in_a_circle(recording, joins),
        Root::Plain(wait) => plain(recording, wait, waiting),
    }
}

fn itself(recording: &Recording, wait: &Wait, hold: &Hold, waiting: &[&Wait]) -> Found {
    let name = name(recording, wait.task);
    let several = waiting.iter().filter(|other| other.task == wait.task).count() > 1;
    let (explanation, help) = if several {
        (
            "It does several things at once, as in a join! or a stream of many, and one of them holds what another one waits \
             for.",
            "drop each guard and permit when its work is done, and take locks in the same order everywhere",
        )
    } else {
        (
            "What it has taken before is given back when the guard is dropped, at the end of its scope, and the task does not \
             get there.",
            "drop the first guard before you ask again: end its scope with { }, or call drop(guard)",
        )
    };
    let message = format!("stuck: {name} waits for {} that it holds itself", words::waits_for(&wait.kind));
    Found::new(message, explanation, help)
        .at(wait.line(), format!("{name} waits here"))
        .at(hold.line.as_ref(), held(recording, hold))
}

fn circle(recording: &Recording, links: &[(&Wait, &Hold)]) -> Found {
    let tasks: Vec<TaskId> = links.iter().map(|(wait, _)| wait.task).collect();
    let found = Found::new(
        format!("stuck: {} wait in a circle, each for a lock that the next one holds", words::names(recording, &tasks)),
        "Nobody gives up what it holds before it has got the other, so nobody ever gets it: a deadlock.",
        "take the locks in the same order everywhere, or hold only one of them at a time",
    );
    let waits: Vec<&Wait> = links.iter().map(|(wait, _)| *wait).collect();
    let found = by_line(&waits).iter().fold(found, |found, group| found.at(group.line, group.label(recording)));
    let mut lines: Vec<(Option<&Location>, Vec<&Hold>)> = Vec::new();
    for (_, hold) in links {
        match lines.iter_mut().find(|(line, _)| *line == hold.line.as_ref()) {
            Some((_, holds)) => holds.push(hold),
            None => lines.push((hold.line.as_ref(), vec![hold])),
        }
    }
    lines.into_iter().fold(found, |found, (line, holds)| match &holds[..] {
        [hold] => found.at(line, held(recording, hold)),
        holds => {
            let mut tasks: Vec<TaskId> = holds.iter().filter_map(|hold| hold.task).collect();
            tasks.sort();
            found.at(line, format!("{} each took one here, and hold it", words::names(recording, &tasks)))
        }
    })
}

fn kept(recording: &Recording, wait: &Wait, hold: &Hold, keeper: &Wait) -> Found {
    Found::new(
        format!(
            "stuck: {} waits for {} while it holds what {} needs",
            name(recording, keeper.task),
            words::waits_for(&keeper.kind),
            name(recording, wait.task)
        ),
        "What it waits for can only come from somebody who waits for what it holds. A guard that lives across an await is held \
         for as long as the await takes.",
        "drop the guard before that await: end its scope with { }, or call drop(guard)",
    )
    .at(keeper.line(), waits_here(recording, keeper))
    .at(hold.line.as_ref(), held(recording, hold))
    .at(wait.line(), waits_here(recording, wait))
}

fn set_aside(recording: &Recording, wait: &Wait, turn: &Wait) -> Found {
    let (name, owner, lock) = (name(recording, wait.task), name(recording, turn.task), words::waits_for(&wait.kind));
    let owners = if wait.task == turn.task { "of its own".to_string() } else { format!("of {owner}") };
    let since = turn.granted.map(|granted| duration_text(granted.time())).unwrap_or_default();
    let found = Found::new(
        format!("stuck: {name} waits for {lock} that went to another future {owners}, which is not polled any more"),
        format!(
            "A lock goes to those who wait for it in the order they asked. At {since} it went to a future that {owner} had \
             polled before and keeps, and {owner} was woken. But {owner} awaits something else now and does not poll that \
             future, so it neither takes the lock nor lets it go: a futurelock."
        ),
        "await nothing in the arm of a select! while a future that the select! polled as `&mut future` is still there: drop \
         that future first, or spawn it as a task, which is polled by itself",
    );
    let found = found.at(wait.line(), format!("{name} waits here"));
    let found = found.at(turn.line(), format!("the future that the lock went to waits here since {}", began(turn)));
    let polled = turn.lines.first().filter(|_| turn.lines.len() > 1);
    found
        .at(polled, format!("{owner} polled that future here, and does not any more"))
        .at(wait.lines.first(), format!("{name} has gone on to this await"))
}

fn not_run(recording: &Recording, wait: &Wait, task: TaskId) -> Found {
    let (name, local) = (name(recording, wait.task), name(recording, task));
    Found::new(
        format!("stuck: {name} waits for the end of a task, but {local} never had a turn: its LocalSet is not run"),
        "spawn_local() only puts a task into its LocalSet. The tasks of a LocalSet are polled while the set itself is awaited, \
         or inside of its run_until or block_on, and at no other time.",
        "await the handle inside of the set: local.run_until(async { … handle.await … }).await",
    )
    .at(wait.line(), format!("{name} waits here"))
    .at(Some(&recording.tasks[task.0].spawned_at), format!("{local} is spawned here"))
}

fn not_polled(recording: &Recording, wait: &Wait, ready: &Wait) -> Found {
    let name = name(recording, wait.task);
    let what = words::waits_for(&wait.kind);
    Found::new(
        format!("stuck: {name} waits for {what}, and does not poll a future of its own that could go on"),
        format!(
            "A task is in one place at a time: while it waits here, the futures that it keeps in a FuturesUnordered, a stream or \
             a variable do nothing, even if what they wait for has come. If {what} has to come from one of them, it never does."
        ),
        "poll both at the same time (select! over the next future and the other await), or spawn the futures as tasks, which \
         are polled by themselves",
    )
    .at(wait.line(), waits_here(recording, wait))
    .at(ready.line(), "this could go on, but is not polled any more")
}

fn began(wait: &Wait) -> String {
    duration_text(wait.began.time())
}

fn not_given_back(recording: &Recording, wait: &Wait, hold: &Hold) -> Found {
    let taker = hold.task.map_or("somebody", |task| name(recording, task));
    Found::new(
        format!(
            "stuck: {} waits for {}, and {taker} never gave it back",
            name(recording, wait.task),
            words::waits_for(&wait.kind)
        ),
        "Guards and permits go back when they are dropped. One that was forgotten (forget, mem::forget), leaked or put away in a \
         place that goes on living never does.",
        "let the guard or permit be dropped when the work is done",
    )
    .at(hold.line.as_ref(), held(recording, hold))
    .at(wait.line(), waits_here(recording, wait))
}

fn joins_in_a_circle(recording: &Recording, joins: &[&Wait]) -> Found {
    let tasks: Vec<TaskId> = joins.iter().map(|wait| wait.task).collect();
    let each_other = words::verb(&tasks, "itself", "each other");
    Found::new(
        format!("stuck: {} for the end of {each_other}", waits(recording, &tasks)),
        "A JoinHandle is ready when its task has ended. A task that awaits its own handle, or that of a task which waits for it, \
         never gets to its end.",
        "await a handle only in the task that spawned it; let tasks tell each other of results over a channel",
    )
    .at(joins.first().and_then(|wait| wait.line()), format!("{} here", waits(recording, &tasks)))
}

fn plain(recording: &Recording, wait: &Wait, waiting: &[&Wait]) -> Found {
    let alone = waiting.iter().all(|other| other.task == wait.task);
    let (explanation, help) = why(&wait.kind, alone);
    let here = waiting.iter().filter(|other| other.line() == wait.line());
    let tasks: Vec<TaskId> = here.map(|other| other.task).collect();
    let message = format!(
        "stuck: {} for {}, and nothing is left that could end the wait",
        waits(recording, &tasks),
        words::waits_for(&wait.kind)
    );
    let resource = wait.resource.map(|resource| &recording.resources[resource.0]);
    Found::new(message, explanation, help)
        .at(wait.line(), format!("{} here", waits(recording, &tasks)))
        .at(resource.map(|of| &of.made_at), format!("{} is made here", words::thing(&wait.kind)))
}

fn name(recording: &Recording, task: TaskId) -> &str {
    &recording.tasks[task.0].name
}

/// "main waits", "task 1 and task 2 wait".
pub(super) fn waits(recording: &Recording, tasks: &[TaskId]) -> String {
    format!("{} {}", words::names(recording, tasks), words::verb(tasks, "waits", "wait"))
}

fn waits_here(recording: &Recording, wait: &Wait) -> String {
    format!("{} waits here for {}", name(recording, wait.task), words::waits_for(&wait.kind))
}

fn held(recording: &Recording, hold: &Hold) -> String {
    let who = hold.task.map_or("somebody", |task| name(recording, task));
    format!("{who} has held it since {}", duration_text(hold.from.time()))
}
