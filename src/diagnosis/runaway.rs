//! W07: the program went on without an end.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use super::{Found, busy_loop, own_tasks, stuck, words};
use crate::recording::{Indexed, Location, Outcome, Recording, TaskId, TaskKind, WaitKind, duration_text};

/// So many of the last waits and prints show where it goes round.
const LAST: usize = 200;

/// A program that was ended at one of its limits, with time moving on; or one that was held up outside every task.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let went_on = matches!(recording.outcome, Outcome::Runaway(_) | Outcome::Held(_));
    if !went_on || busy_loop::goes_round(recording).is_some() || stuck::some(recording).is_some() {
        return Vec::new();
    }
    match &recording.outcome {
        Outcome::Runaway(_) if busy_loop::culprits(recording).is_none() && only_closures_go_on(recording) => {
            vec![held(recording, "a closure on the blocking pool runs and does not end")]
        }
        Outcome::Runaway(_) if busy_loop::culprits(recording).is_none() => vec![without_end(recording)],
        Outcome::Held(why) if recording.stalls.is_empty() => vec![held(recording, why)],
        _ => Vec::new(),
    }
}

/// True if closures on the blocking pool run, and all tasks wait for the end of others: so nobody goes round but them.
fn only_closures_go_on(recording: &Recording) -> bool {
    let open = stuck::open_waits(recording);
    let waiting: HashSet<TaskId> = open.iter().map(|wait| wait.task).collect();
    let mut alive = own_tasks(recording).filter(|(_, task)| task.end.is_none());
    !closures(recording).is_empty()
        && alive.all(|(id, _)| waiting.contains(&id))
        && open.iter().all(|wait| wait.kind.is_for_tasks())
}

/// The program's closures on the blocking pool that have not ended.
fn closures(recording: &Recording) -> Vec<TaskId> {
    let tasks = recording.tasks.iter().enumerate().filter(|(_, task)| task.end.is_none());
    tasks.filter(|(_, task)| task.kind == TaskKind::Blocking).map(|(id, _)| TaskId(id)).collect()
}

/// A closure on the blocking pool that does not end, or a thread of the program's.
fn held(recording: &Recording, why: &str) -> Found {
    let found = Found::new(
        format!("the program had to be ended: {}", why.trim_end_matches('.')),
        "Whatever the program waits for in the end has to come to an end itself; a closure on the blocking pool cannot be \
         cancelled, and abort() does not stop it once it runs.",
        "give the loop in it a condition that ends it",
    );
    let found = found.spawned(recording, &closures(recording));
    let joins = recording.waits.iter().filter(|wait| wait.end.is_none() && wait.kind == WaitKind::Join);
    joins.fold(found, |found, wait| {
        found.at(
            wait.line(),
            format!("{} waits here for {}", recording.tasks[wait.task.0].name, words::waits_for(&wait.kind)),
        )
    })
}

fn without_end(recording: &Recording) -> Found {
    let message = match recording.elapsed() {
        Duration::ZERO => "still going, and nothing ends it".to_string(),
        elapsed => format!("still going after {}, and nothing ends it", duration_text(elapsed)),
    };
    let found = Found::new(
        message,
        "It was ended at the limit of what a check, or a run on the virtual clock, may take.",
        "give the loop a condition that ends it: a count, a deadline (timeout), a channel that closes, a cancellation",
    );
    found.at(round(recording), "it comes by here again and again")
}

/// The line where a wait began, or a print stands, most often in the end.
fn round(recording: &Recording) -> Option<&Location> {
    let waits = recording.waits.iter().rev().take(LAST).filter_map(|wait| wait.line());
    let mut counts: HashMap<&Location, usize> = HashMap::new();
    for line in waits {
        *counts.entry(line).or_default() += 1;
    }
    if counts.is_empty() {
        for print in recording.prints.iter().rev().take(LAST) {
            *counts.entry(&print.line).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by(|(line, count), (other, more)| count.cmp(more).then(other.cmp(line)));
    most.map(|(line, _)| line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{record, runtime::Threads};

    #[test]
    fn a_closure_that_a_task_waits_for_is_to_blame_and_not_the_wait() {
        let spawned = line!() + 2;
        let program = || async {
            let closure = tokio::task::spawn_blocking(|| ());
            closure.await.unwrap();
        };
        let mut recording = record::future(Threads::Current, program).recording;
        // As it is if the closure never ends.
        recording.outcome = Outcome::Runaway("a limit".to_string());
        for task in &mut recording.tasks {
            (task.end, task.spawned_at.file) = (None, "a.rs".into());
        }
        let join = recording.waits.iter_mut().find(|wait| wait.kind == WaitKind::Join).unwrap();
        (join.end, join.lines) = (None, vec![Location { file: "a.rs".into(), line: 7, column: 1 }]);
        let found = find(&Indexed::of(&recording));
        let [found] = &found[..] else { panic!("{} findings", found.len()) };
        assert!(found.message.contains("a closure on the blocking pool runs and does not end"), "{}", found.message);
        let lines: Vec<u32> = found.places.iter().map(|place| place.line).collect();
        assert_eq!(lines, [spawned, 7]);
    }
}
