//! W02: one poll held on to its thread, and nobody else could run.

pub(super) mod own_lock;

use super::{Found, busy_loop, last_seen, own_tasks, words};
use crate::recording::{Block, Clock, Doing, Indexed, Outcome, Recording, Stall, TaskId, Wait, duration_text};

/// A finding for each line that blocked inside an async task.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let mut found: Vec<Found> = own_lock::all(recording).map(|own| own.found(recording)).collect();
    for blocks in by_line(recording) {
        // The first of those that held up most is the one to show.
        let worst = blocks.iter().rev().max_by_key(|(block, task)| late(recording, block, *task).len());
        found.extend(worst.map(|(block, task)| of_block(recording, block, *task, blocks.len() - 1)));
    }
    for stall in &recording.stalls {
        // On the real clock a sleep of the workbook's own blocks for real: it is both.
        let is_block =
            recording.blocks.iter().any(|block| block.task == Some(stall.task) && block.began >= stall.began);
        let held = matches!(recording.outcome, Outcome::Held(_));
        let held_up = stall.holds_up_arms || !others(recording, stall).is_empty();
        let matters = stall.doing != Doing::Working || held || held_up;
        // A flood of prints, or whatever else came to a limit, is cut short in the middle of a poll: that is W07, or W06.
        let cut_short = (stall.ended.is_none() && !held) || busy_loop::goes_round(recording).is_some();
        if matters && !is_block && !cut_short && !may_be_preempted(recording, stall) {
            add(&mut found, of_stall(recording, stall));
        }
    }
    found
}

/// With several threads a lock may be held by one that has no processor on a busy machine: that is nobody's fault, and over
/// within a second.
fn may_be_preempted(recording: &Recording, stall: &Stall) -> bool {
    recording.clock == Clock::Real && stall.doing == Doing::Locking && stall.ended.is_some() && stall.real_millis < 1000
}

/// The sleeps inside async tasks, those of one line together.
fn by_line(recording: &Recording) -> Vec<Vec<(&Block, TaskId)>> {
    let mut lines: Vec<Vec<(&Block, TaskId)>> = Vec::new();
    for block in &recording.blocks {
        let Some(task) = block.task.filter(|task| recording.tasks[task.0].is_async()) else { continue };
        match lines.iter_mut().find(|blocks| blocks[0].0.line == block.line) {
            Some(blocks) => blocks.push((block, task)),
            None => lines.push(vec![(block, task)]),
        }
    }
    lines
}

/// A line that blocks again and again is told once.
fn add(all: &mut Vec<Found>, found: Found) {
    let place = |found: &Found| found.places.first().map(|place| (place.file.clone(), place.line));
    if !all.iter().any(|other| place(other).is_some() && place(other) == place(&found)) {
        all.push(found);
    }
}

const EXPLANATION: &str = "Tasks share their thread and take turns at each await. Between two awaits the thread belongs to one of \
                           them, and nobody else can go on: no other task, no timer, no other arm of a join.";

fn of_block(recording: &Recording, block: &Block, task: TaskId, more: usize) -> Found {
    let name = &recording.tasks[task.0].name;
    let length = duration_text(block.ended.time().saturating_sub(block.began.time()));
    let again = match more {
        0 => String::new(),
        1 => ", and once more".to_string(),
        _ => format!(", and {more} times more"),
    };
    let late = late(recording, block, task);
    let tasks: Vec<TaskId> = late.iter().map(|wait| wait.task).collect();
    let meanwhile = match late.first() {
        None => String::new(),
        Some(_) if tasks == [task] => format!(" Meanwhile another wait of {name} was over, and could not go on."),
        Some(_) => format!(
            " Meanwhile {} could have gone on, and had to wait until {}.",
            words::names(recording, &tasks),
            duration_text(block.ended.time())
        ),
    };
    let found = Found::new(
        format!("{name} put its whole thread to sleep for {length}"),
        format!("{EXPLANATION}{meanwhile}"),
        "use tokio::time::sleep(…).await, which lets others run meanwhile",
    );
    let found = found
        .at(Some(&block.line), format!("the thread sleeps here from {}{again}", duration_text(block.began.time())));
    let found = late.iter().fold(found, |found, wait| {
        found.at(wait.line(), format!("{} was held up here", recording.tasks[wait.task.0].name))
    });
    found.at(Some(&recording.tasks[task.0].spawned_at), format!("{name} is spawned here"))
}

/// The timers that were due while the thread slept and went on only afterwards.
fn late<'a>(recording: &'a Recording, block: &Block, task: TaskId) -> Vec<&'a Wait> {
    let held_up = recording.waits.iter().filter(|wait| {
        let due = wait.began.nanos.saturating_add(wait.asked_nanos.unwrap_or(u64::MAX));
        let during = block.began.nanos < due && due < block.ended.nanos && wait.began <= block.began;
        during && wait.end.is_none_or(|end| end.at >= block.ended) && !wait.lines.is_empty()
    });
    let mut held_up: Vec<&Wait> = held_up.collect();
    held_up.sort_by_key(|wait| (wait.task == task, wait.began));
    held_up
}

fn of_stall(recording: &Indexed, stall: &Stall) -> Found {
    let name = &recording.tasks[stall.task.0].name;
    let others = others(recording, stall);
    let meanwhile = match &others[..] {
        [] if stall.holds_up_arms => format!(" What else {name} waits for had to wait meanwhile."),
        [] => String::new(),
        others => format!(" {} had to wait meanwhile.", words::capital(&words::names(recording, others))),
    };
    let (what, label, help) = told(stall, name);
    let ended = if stall.ended.is_none() { " It was still going on when the program was ended." } else { "" };
    let at = stall.lines.last().or_else(|| last_seen(recording, stall.task));
    Found::new(what, format!("{EXPLANATION}{meanwhile}{ended}"), help)
        .at(at, label)
        .at(Some(&recording.tasks[stall.task.0].spawned_at), format!("{name} is spawned here"))
}

/// What happened, what to say of its line, and what to try.
fn told(stall: &Stall, name: &str) -> (String, &'static str, &'static str) {
    let length = at_least(stall.real_millis);
    match stall.doing {
        Doing::Working if stall.ended.is_none() => (
            format!("{name} went on for {length} without an await, and was not done"),
            "the thread was at work here",
            "if this loop waits for something, await that instead: a channel, a Notify, a JoinHandle; if it is work, move it to \
             the blocking pool (tokio::task::spawn_blocking)",
        ),
        Doing::Working => (
            format!("{name} computed for {length} without an await"),
            "the thread was at work here",
            "move the work to the blocking pool (tokio::task::spawn_blocking), or let others have a turn now and then \
             (tokio::task::yield_now().await)",
        ),
        Doing::Sleeping => (
            format!("{name} put its whole thread to sleep for {length}"),
            "the thread slept here",
            "use tokio::time::sleep(…).await, which lets others run meanwhile",
        ),
        Doing::Locking => (
            format!("{name} waited {length} for a lock, and blocked its thread"),
            "the thread waited here for a lock",
            "if the lock is held across an await, whoever holds it cannot go on while this thread is blocked: drop the guard \
             before the await, or use tokio::sync::Mutex",
        ),
        Doing::Receiving => (
            format!("{name} waited {length} on a channel that is not async, and blocked its thread"),
            "the thread waited here for a value",
            "use tokio::sync::mpsc, whose recv().await lets others run; the sender may be one of them",
        ),
        Doing::Waiting => (
            format!("{name} blocked its thread for {length}"),
            "the thread waited here",
            "use tokio's own version of this call, or make it on the blocking pool (tokio::task::spawn_blocking)",
        ),
    }
}

/// The other tasks that were there while the thread was held.
fn others(recording: &Recording, stall: &Stall) -> Vec<TaskId> {
    let end = stall.ended.unwrap_or(recording.ended);
    let there = |id: TaskId| {
        let task = &recording.tasks[id.0];
        task.spawned <= end && task.end.as_ref().is_none_or(|end| end.at > stall.began)
    };
    own_tasks(recording).map(|(id, _)| id).filter(|id| *id != stall.task && there(*id)).collect()
}

/// Real time is told roughly: it is another at each run.
fn at_least(millis: u64) -> String {
    let steps = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200];
    let step = steps.into_iter().find(|step| *step <= millis).unwrap_or(100);
    format!("more than {} s", step as f64 / 1000.0)
}
