//! W06: a task goes on over and over, and time stands still.

use std::collections::BTreeMap;

use super::{Found, last_seen, words};
use crate::recording::{Indexed, Location, Outcome, Poll, Recording, Round, TaskId, Wait, WaitKind};

/// So many polls of one task, and so many steps, at one moment are no progress: a program that only takes turns for a while
/// ends before its limits.
const POLLS: usize = 20;
const STEPS: u64 = 4_000;

/// The tasks that kept a program at one moment until it was ended.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    if let Some(round) = goes_round(recording) {
        return vec![of_round(recording, round)];
    }
    let found = culprits(recording).map(|tasks| match &tasks[..] {
        [task] if let Some(round) = last_round(recording, *task) => of_round(recording, round),
        tasks => found(recording, tasks),
    });
    found.into_iter().collect()
}

/// The loop of a task that never came to the end of a poll.
pub(super) fn goes_round(recording: &Recording) -> Option<&Round> {
    recording.rounds.iter().find(|round| round.endless)
}

/// The loop that a task went round in while time stood still in the end.
fn last_round(recording: &Recording, task: TaskId) -> Option<&Round> {
    recording.rounds.iter().find(|round| round.task == task && round.at.nanos == recording.ended.nanos)
}

fn of_round(recording: &Recording, round: &Round) -> Found {
    let name = &recording.tasks[round.task.0].name;
    let what = if round.code.is_empty() { "an await".to_string() } else { format!("`{}`", round.code) };
    let so = match round.endless {
        true => "it does not give the thread back, so no other task, timer or arm of a select! gets any further",
        false => "its task is polled again at once, so the runtime never comes to rest, and no time passes",
    };
    Found::new(
        format!("{name} goes round in a loop and never waits: {what} is ready at once, over and over"),
        format!(
            "When an await is ready at once, each time, {so}. A receiver is like that when its channel is closed, because it \
             tells you so again and again. So is a stream that is at its end."
        ),
        "leave the loop when the channel is closed, or write the value you expect as the arm's pattern, like Ok(value) = … or \
         Some(value) = …: then the select! waits for its other arms",
    )
    .at(Some(&round.line), format!("{name} comes by here again and again, and this is ready at once"))
    .spawned(recording, &[round.task])
}

/// Those tasks, the busiest first; nothing if time moved.
pub(super) fn culprits(recording: &Recording) -> Option<Vec<TaskId>> {
    if !matches!(recording.outcome, Outcome::Runaway(_)) {
        return None;
    }
    let last = recording.polls.last()?.began.nanos;
    let own = |poll: &&Poll| recording.tasks[poll.task.0].is_own();
    let at_once: Vec<&Poll> = recording.polls.iter().rev().take_while(|poll| poll.began.nanos == last).collect();
    let since = at_once.last()?.began.step;
    let mut counts: BTreeMap<TaskId, usize> = BTreeMap::new();
    for poll in at_once.into_iter().filter(own) {
        *counts.entry(poll.task).or_default() += 1;
    }
    let mut tasks: Vec<(usize, TaskId)> = counts.into_iter().map(|(task, count)| (count, task)).collect();
    tasks.sort_by_key(|(count, task)| (usize::MAX - count, *task));
    // Somebody who was polled now and then is not what keeps it going.
    let busiest = tasks.first()?.0;
    if busiest < POLLS || recording.ended.step - since < STEPS {
        return None;
    }
    Some(tasks.into_iter().filter(|(count, _)| count * 4 >= busiest).map(|(_, task)| task).collect())
}

/// True if nothing but the tasks themselves keeps a program at one moment: they wait for nothing that comes from outside.
pub(crate) fn spins(recording: &Recording) -> bool {
    let Some(tasks) = culprits(recording) else { return false };
    let of_them = recording.waits.iter().rev().filter(|wait| tasks.contains(&wait.task)).take(POLLS);
    let outside = [WaitKind::Socket, WaitKind::Child, WaitKind::File, WaitKind::Http];
    !of_them.into_iter().any(|wait| outside.contains(&wait.kind) || wait.kind.is_for_tasks())
}

fn found(recording: &Indexed, tasks: &[TaskId]) -> Found {
    let names = words::names(recording, tasks);
    let themselves = if tasks.len() == 1 { "itself" } else { "each other" };
    let line = |task: TaskId| {
        let yields = recording.waits_of(task).rev().find(|wait| wait.kind == WaitKind::Yield);
        yields.and_then(Wait::line).or_else(|| last_seen(recording, task))
    };
    let found = Found::new(
        format!("{names} {} {themselves} over and over, and time stands still", words::verb(tasks, "wakes", "wake")),
        "A task that is always ready is polled again at once, so the runtime never comes to rest: it burns a processor, and \
         whatever it hopes for that takes time may never come.",
        "wait for what you need instead of asking again and again: a channel, a Notify, the JoinHandle, or at least a sleep \
         between two looks",
    );
    let found = tasks.iter().fold(found, |found, task| {
        let (line, name) = (line(*task), &recording.tasks[task.0].name);
        let again = line.is_some_and(|line| times_seen(recording, *task, line) > 1);
        let label = if again {
            format!("{name} comes by here again and again")
        } else {
            // A future that wakes itself leaves no trace of its own.
            format!("the last that was seen of {name}: it goes round after this")
        };
        found.at(line, label)
    });
    found.spawned(recording, tasks)
}

fn times_seen(recording: &Indexed, task: TaskId, line: &Location) -> usize {
    let waits = recording.waits_of(task).filter(|wait| wait.line() == Some(line));
    let prints = recording.prints_of(task).filter(|print| print.line == *line);
    waits.count() + prints.count()
}
