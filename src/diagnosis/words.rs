//! How diagnoses speak: what each kind of wait is for, lists of tasks, numbers.

use std::collections::HashSet;

use crate::recording::{Recording, TaskId, WaitKind};

/// What a wait is for, in words: "main waits for …".
pub(super) fn waits_for(kind: &WaitKind) -> &'static str {
    match kind {
        WaitKind::Sleep => "a sleep to end",
        WaitKind::Interval => "the next tick of an interval",
        WaitKind::Timeout => "a deadline",
        WaitKind::MpscRecv => "a value from a channel",
        WaitKind::MpscSend => "room in a full channel",
        WaitKind::Oneshot => "the value of a oneshot channel",
        WaitKind::Watch => "a change of a watch channel",
        WaitKind::Broadcast => "a value from a broadcast channel",
        WaitKind::Notify => "a notification",
        WaitKind::Mutex => "a Mutex",
        WaitKind::RwLock => "a RwLock",
        WaitKind::Semaphore => "a permit of a Semaphore",
        WaitKind::Barrier => "the others at a Barrier",
        WaitKind::Join => "the end of a task",
        WaitKind::JoinSet => "the end of a task of its JoinSet",
        WaitKind::Tracker => "its TaskTracker to be closed and empty",
        WaitKind::Socket => "a socket",
        WaitKind::Child => "a child process",
        WaitKind::File => "a file",
        WaitKind::Signal => "a signal",
        WaitKind::Stdin => "standard input",
        WaitKind::Pipe => "the other end of a pipe (tokio::io::duplex)",
        WaitKind::Http => "an HTTP exchange",
        WaitKind::Yield => "its next turn",
        WaitKind::Other => "something",
    }
}

/// What a task of the same recording has made if a wait is for it: "the channel is made here".
pub(super) fn thing(kind: &WaitKind) -> &'static str {
    match kind {
        WaitKind::MpscRecv | WaitKind::MpscSend => "the channel",
        WaitKind::Oneshot => "the oneshot channel",
        WaitKind::Watch => "the watch channel",
        WaitKind::Broadcast => "the broadcast channel",
        WaitKind::Notify => "the source of the notification",
        WaitKind::Mutex => "the Mutex",
        WaitKind::RwLock => "the RwLock",
        WaitKind::Semaphore => "the Semaphore",
        WaitKind::Barrier => "the Barrier",
        WaitKind::JoinSet => "the set of tasks",
        WaitKind::Tracker => "the TaskTracker",
        _ => "it",
    }
}

/// "main", "main and task 1", "main, task 1 and 3 more".
pub(super) fn names(recording: &Recording, tasks: &[TaskId]) -> String {
    let mut seen = HashSet::new();
    let names = tasks.iter().map(|task| recording.tasks[task.0].name.as_str());
    let names: Vec<&str> = names.filter(|name| seen.insert(*name)).collect();
    match &names[..] {
        [] => "nobody".to_string(),
        [one] => (*one).to_string(),
        [first @ .., last] if names.len() <= 3 => format!("{} and {last}", first.join(", ")),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}

/// A verb for one or several tasks: "waits" or "wait". A task that is named several times is one.
pub(super) fn verb(tasks: &[TaskId], one: &'static str, several: &'static str) -> &'static str {
    if tasks.iter().all(|task| tasks.first() == Some(task)) { one } else { several }
}

/// "task 1" in the middle of a sentence, "Task 1" at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A text on one line, cut after so many characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most { line } else { line.chars().take(most - 1).collect::<String>() + "…" }
}
