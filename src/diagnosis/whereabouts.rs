//! Where each task was when a program was ended that did not come to its end: no verdict, only what is known.

use super::{last_seen, words};
use crate::recording::{Hold, Indexed, Recording, Task, TaskId, TaskKind, Wait, duration_text};

/// More tasks than these are counted, not told one by one.
const MOST_TOLD: usize = 20;

/// A line for each wait of a task that was still there, and for each task that waited for nothing that was seen.
pub fn whereabouts(recording: &Recording) -> String {
    let tasks = recording.tasks.iter().enumerate().map(|(number, task)| (TaskId(number), task));
    let alive: Vec<(TaskId, &Task)> = tasks.filter(|(_, task)| task.end.is_none() && is_told(task)).collect();
    let recording = &Indexed::of(recording);
    let mut lines: Vec<String> =
        alive.iter().take(MOST_TOLD).flat_map(|(id, task)| of_task(recording, *id, task)).collect();
    if let Some(more) = alive.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        lines.push(format!("  and {more} more tasks"));
    }
    if lines.is_empty() { String::new() } else { format!("where each task was:\n{}\n", lines.join("\n")) }
}

/// What holds up the end of a program that has returned, a sentence each.
pub fn held_up(recording: &Recording) -> Vec<String> {
    let closures = recording.held_up_by.iter().map(|id| closure(&recording.tasks[id.0]));
    closures
        .map(|closure| format!("main has returned, but {closure} is still running, and the program ends only with it."))
        .collect()
}

/// A closure on the blocking pool, in words.
fn closure(task: &Task) -> String {
    if task.spawned_at.file.ends_with("/src/io/blocking.rs") {
        "a read or write that tokio does on its blocking pool, as for standard input,".to_string()
    } else {
        format!("the closure on the blocking pool that was spawned at {}", task.spawned_at)
    }
}

fn of_task(recording: &Indexed, id: TaskId, task: &Task) -> Vec<String> {
    let name = &task.name;
    if task.kind == TaskKind::Blocking {
        return vec![format!("  {name}: {} was running", closure(task))];
    }
    let waits: Vec<String> = recording.open_waits(id).map(|wait| of_wait(recording, name, wait)).collect();
    if !waits.is_empty() {
        return waits;
    }
    let last = last_seen(recording, id).map_or(String::new(), |line| format!("; it was last seen at {line}"));
    let running = recording.stalls.iter().any(|stall| stall.task == id && stall.ended.is_none());
    vec![match running {
        true => format!("  {name} was running{last}"),
        false => format!("  {name} waited for something that was not seen{last}"),
    }]
}

fn of_wait(recording: &Recording, name: &str, wait: &Wait) -> String {
    let at = wait.line().map_or(String::new(), |line| format!(" at {line}"));
    let (what, since) = (words::waits_for(&wait.kind), duration_text(wait.began.time()));
    let mut text = format!("  {name} waited for {what}{at}, since {since}");
    if let Some(resource) = wait.resource {
        let made_at = &recording.resources[resource.0].made_at;
        text += &format!("\n    {} was made at {made_at}", words::thing(&wait.kind));
    }
    for hold in recording.holds.iter().filter(|hold| Some(hold.resource) == wait.resource && hold.until.is_none()) {
        text += &held(recording, hold);
    }
    text
}

/// True for the program's own tasks, and for what a library does on the blocking pool for it.
fn is_told(task: &Task) -> bool {
    let is_worker = task.spawned_at.file.ends_with("/multi_thread/worker.rs");
    !task.is_of_library() || (task.kind == TaskKind::Blocking && !is_worker)
}

fn held(recording: &Recording, hold: &Hold) -> String {
    let who = hold.task.map_or("somebody", |task| recording.tasks[task.0].name.as_str());
    let at = hold.line.as_ref().map_or(String::new(), |line| format!(" at {line}"));
    format!("\n    {who} got it{at} at {} and held it", duration_text(hold.from.time()))
}
