//! The Chrome trace format, which the public Perfetto viewer opens: a lane per task, slices for polls and waits, arrows
//! for wakes. <https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>

use serde_json::{Value, json};

use crate::recording::{Moment, Recording, Wait};

/// Polls have no width on the virtual clock; drawn this wide (in microseconds) they can be seen and clicked.
const POLL_WIDTH: f64 = 1.0;

/// The recording as Chrome trace JSON. Times are in microseconds.
pub fn perfetto(recording: &Recording) -> String {
    let mut events = Vec::new();
    for (number, task) in recording.tasks.iter().enumerate() {
        let at = if task.spawned_at.file.is_empty() { String::new() } else { format!(" ({})", task.spawned_at) };
        let arguments = json!({ "name": format!("{}{at}", task.name) });
        events.push(json!({ "ph": "M", "name": "thread_name", "pid": 1, "tid": number, "args": arguments }));
        events.push(json!({
            "ph": "M", "name": "thread_sort_index", "pid": 1, "tid": number, "args": { "sort_index": number }
        }));
    }
    for poll in &recording.polls {
        let width = (micros(poll.ended) - micros(poll.began)).max(POLL_WIDTH);
        events.push(json!({
            "ph": "X", "name": "poll", "cat": "poll", "pid": 1, "tid": poll.task.0, "ts": micros(poll.began), "dur": width
        }));
    }
    // Waits of one task may overlap, which slices of a lane may not: they are asynchronous events.
    for (number, wait) in recording.waits.iter().enumerate() {
        let end = wait.end.map_or(recording.ended, |end| end.at);
        events.push(wait_event("b", number, wait, wait.began));
        events.push(wait_event("e", number, wait, end));
    }
    for (number, wake) in recording.wakes.iter().enumerate() {
        if let Some(by) = wake.by {
            let arrow = |phase: &str, task: usize| {
                json!({
                    "ph": phase, "bp": "e", "id": number, "name": "wake", "cat": "wake", "pid": 1, "tid": task,
                    "ts": micros(wake.at)
                })
            };
            events.extend([arrow("s", by.0), arrow("f", wake.task.0)]);
        }
    }
    for print in &recording.prints {
        let task = print.task.map_or(0, |task| task.0);
        let text = print.text.trim_end();
        events.push(json!({
            "ph": "i", "s": "t", "name": text, "cat": "print", "pid": 1, "tid": task, "ts": micros(print.at)
        }));
    }
    Value::Object([("traceEvents".to_string(), Value::Array(events))].into_iter().collect()).to_string()
}

fn wait_event(phase: &str, number: usize, wait: &Wait, at: Moment) -> Value {
    let line = wait.line().map(ToString::to_string).unwrap_or_default();
    json!({
        "ph": phase, "id": number, "name": wait.kind.to_string(), "cat": "wait", "pid": 1, "tid": wait.task.0,
        "ts": micros(at), "args": { "line": line }
    })
}

fn micros(moment: Moment) -> f64 {
    moment.nanos as f64 / 1000.0
}
