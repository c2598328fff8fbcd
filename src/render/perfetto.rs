//! The Chrome trace format, which the public Perfetto viewer opens: a lane per task with slices for its polls, arrows for
//! wakes, instants for prints; beside them the waits, which may overlap.
//!
//! It follows the Trace Event Format (<https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>)
//! as Perfetto's importer reads it
//! (<https://github.com/google/perfetto/tree/main/src/trace_processor/importers/json>), which is stricter:
//! * Slices of a lane that overlap and do not nest are dropped. So they are nested here before they are written.
//! * An arrow is bound to whatever slice of its lane began last, in the order of the file where times are the same. A
//!   print counts as a slice. So each wake is a slice of its own, and its arrow stands right behind it.
//! * The names of an async event's begin and end must be the same, and events of the same name share a lane.
//! * A `displayTimeUnit` of nanoseconds changes what `ts` means for some versions, so there is none.

mod lanes;
mod times;

use serde_json::{Value, json};

use crate::recording::{Moment, Recording, TaskId, Wait, Wake, duration_text};
use lanes::{Lanes, Slice};
use times::{Times, micros};

/// The one process; its lanes are its threads.
const PROCESS: u32 = 1;

/// The recording as Chrome trace JSON. Times are in microseconds.
pub fn perfetto(recording: &Recording) -> String {
    let times = Times::of(recording);
    let lanes = Lanes::of(recording, &times);
    let mut timed: Vec<(u64, Value)> = Vec::new();
    for lane in lanes.iter() {
        timed.extend(lane.slices.iter().map(|slice| (slice.from, slice_event(lane.thread, slice))));
    }
    timed.extend(arrows(recording, &lanes, &times));
    timed.extend(prints(recording, &times));
    timed.extend(waits(recording, &times));
    // Stable: of events at the same time slices stay first, the outer before the inner, and arrows behind them.
    timed.sort_by_key(|(at, _)| *at);
    let names = std::iter::once(metadata("process_name", 0, json!({ "name": "program" }))).chain(lane_names(recording));
    let events: Vec<Value> = names.chain(timed.into_iter().map(|(_, event)| event)).collect();
    json!({ "traceEvents": events }).to_string()
}

/// The thread that is a task's lane; what happened outside every task has one too. None is 0, which means idle.
fn thread(recording: &Recording, task: Option<TaskId>) -> usize {
    task.map_or(recording.tasks.len(), |task| task.0) + 1
}

fn metadata(what: &str, thread: usize, arguments: Value) -> Value {
    json!({ "ph": "M", "name": what, "cat": "__metadata", "pid": PROCESS, "tid": thread, "ts": 0, "args": arguments })
}

fn lane_names(recording: &Recording) -> impl Iterator<Item = Value> {
    // Where a library spawned a task says nothing to whoever wrote the program, and where this machine keeps libraries.
    let tasks = recording.tasks.iter().map(|task| match task.spawned_at.file.as_str() {
        "" => task.name.clone(),
        _ if task.is_of_library() => task.name.clone(),
        _ => format!("{} ({})", task.name, task.spawned_at),
    });
    let names = tasks.chain(uses_outside(recording).then(|| "outside every task".to_string()));
    names.enumerate().flat_map(|(index, name)| {
        let order = metadata("thread_sort_index", index + 1, json!({ "sort_index": index }));
        [metadata("thread_name", index + 1, json!({ "name": name })), order]
    })
}

/// True if anything that is drawn happened outside every task, as all of a program does that is not async.
fn uses_outside(recording: &Recording) -> bool {
    recording.prints.iter().any(|print| print.task.is_none())
        || recording.blocks.iter().any(|block| block.task.is_none())
}

fn slice_event(thread: usize, slice: &Slice) -> Value {
    json!({
        "ph": "X", "name": slice.name, "cat": slice.category, "pid": PROCESS, "tid": thread,
        "ts": micros(slice.from), "dur": micros(slice.to - slice.from), "args": slice.arguments
    })
}

/// An arrow from each wake that a task did to the next poll of the task it woke.
fn arrows(recording: &Recording, lanes: &Lanes, times: &Times) -> Vec<(u64, Value)> {
    let ends = |(number, wake): (usize, &Wake)| {
        let from = lanes.wake(number)?;
        let to = lanes.next_poll(wake.task, times.at(wake.at))?;
        let arrow = |phase: &str, task: TaskId, at: u64| {
            let event = json!({
                "ph": phase, "bp": "e", "id": format!("{number:#x}"), "name": "wake", "cat": "wake", "pid": PROCESS,
                "tid": thread(recording, Some(task)), "ts": micros(at)
            });
            (at, event)
        };
        Some([arrow("s", wake.by?, from), arrow("f", wake.task, to)])
    };
    recording.wakes.iter().enumerate().filter_map(ends).flatten().collect()
}

fn prints(recording: &Recording, times: &Times) -> Vec<(u64, Value)> {
    let print = |print: &crate::recording::Print| {
        let text = anstream::adapter::strip_str(&print.text).to_string();
        let name = if text.trim().is_empty() { "(an empty line)" } else { text.trim_end() };
        let at = times.at(print.at);
        let event = json!({
            "ph": "i", "s": "t", "name": name, "cat": "print", "pid": PROCESS, "tid": thread(recording, print.task),
            "ts": micros(at), "args": { "line": print.line.to_string(), "time": time_text(print.at) }
        });
        (at, event)
    };
    recording.prints.iter().map(print).collect()
}

/// Waits of one task may overlap, which slices of a lane may not: they are asynchronous events.
fn waits(recording: &Recording, times: &Times) -> Vec<(u64, Value)> {
    let both = |(number, wait): (usize, &Wait)| {
        let began = times.at(wait.began);
        let ended = wait.end.map_or(times.end(), |end| times.at(end.at)).max(began);
        let event = |phase: &str, at: u64, arguments: Value| {
            let name = format!("{}: {}", recording.tasks[wait.task.0].name, wait.kind);
            let event = json!({
                "ph": phase, "id": format!("{number:#x}"), "name": name, "cat": "wait", "pid": PROCESS,
                "tid": thread(recording, Some(wait.task)), "ts": micros(at), "args": arguments
            });
            (at, event)
        };
        let line = wait.line().map_or("not in the program's own code".to_string(), ToString::to_string);
        let end = match wait.end {
            None => "never",
            Some(end) if end.ready => "it came",
            Some(_) => "dropped first",
        };
        let length = duration_text(wait.duration(recording.ended));
        let begin = json!({ "line": line, "from": time_text(wait.began), "length": length, "end": end });
        [event("b", began, begin), event("e", ended, json!({}))]
    };
    recording.waits.iter().enumerate().flat_map(both).collect()
}

/// The program's own time, without what was added to tell moments apart.
fn time_text(moment: Moment) -> String {
    duration_text(moment.time())
}
