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

mod event;
mod lanes;
mod times;

use serde::Serialize;

use crate::recording::{Moment, Print, Recording, TaskId, Wait, Wake, duration_text};
use event::{Argument, Event};
use lanes::Lanes;
use times::{Micros, Times};

/// The outermost object of the format.
#[derive(Serialize)]
struct Trace<'a> {
    #[serde(rename = "traceEvents")]
    events: Vec<Event<'a>>,
}

/// The recording as Chrome trace JSON. Times are in microseconds.
pub fn perfetto(recording: &Recording) -> String {
    let times = Times::of(recording);
    let lanes = Lanes::of(recording, &times);
    let mut events = vec![Event::metadata("process_name", 0, "name", "program".to_string().into())];
    events.extend(lane_names(recording));
    let names = events.len();
    events.extend(lanes.slices());
    events.extend(arrows(recording, &lanes, &times));
    events.extend(prints(recording, &times));
    events.extend(waits(recording, &times));
    // Stable: of events at the same time slices stay first, the outer before the inner, and arrows behind them.
    events[names..].sort_by_key(|event| event.ts);
    serde_json::to_string(&Trace { events }).expect("plain data with string keys can always be written")
}

/// The thread that is a task's lane; what happened outside every task has one too. None is 0, which means idle.
fn thread(recording: &Recording, task: Option<TaskId>) -> usize {
    task.map_or(recording.tasks.len(), |task| task.0) + 1
}

fn lane_names(recording: &Recording) -> impl Iterator<Item = Event<'_>> {
    // Where a library spawned a task says nothing to whoever wrote the program, and where this machine keeps libraries.
    let tasks = recording.tasks.iter().map(|task| match task.spawned_at.file.as_ref() {
        "" => task.name.clone(),
        _ if task.is_of_library() => task.name.clone(),
        _ => format!("{} ({})", task.name, task.spawned_at),
    });
    let names = tasks.chain(uses_outside(recording).then(|| "outside every task".to_string()));
    names.enumerate().flat_map(|(index, name)| {
        let order = Event::metadata("thread_sort_index", index + 1, "sort_index", Argument::Number(index));
        [Event::metadata("thread_name", index + 1, "name", name.into()), order]
    })
}

/// True if anything that is drawn happened outside every task, as all of a program does that is not async.
fn uses_outside(recording: &Recording) -> bool {
    recording.prints.iter().any(|print| print.task.is_none())
        || recording.blocks.iter().any(|block| block.task.is_none())
}

/// An arrow from each wake that a task did to the next poll of the task it woke.
fn arrows<'a>(recording: &'a Recording, lanes: &'a Lanes, times: &'a Times) -> impl Iterator<Item = Event<'a>> {
    let ends = |(number, wake): (usize, &Wake)| {
        let from = lanes.wake(number)?;
        let to = lanes.next_poll(wake.task, times.at(wake.at))?;
        let start = Event::arrow("s", "wake", number, thread(recording, wake.by), from);
        Some([start, Event::arrow("f", "wake", number, thread(recording, Some(wake.task)), to)])
    };
    recording.wakes.iter().enumerate().filter_map(ends).flatten()
}

fn prints<'a>(recording: &'a Recording, times: &'a Times) -> impl Iterator<Item = Event<'a>> {
    let print = |print: &Print| {
        let text = anstream::adapter::strip_str(&print.text).to_string();
        let name = if text.trim().is_empty() { "(an empty line)" } else { text.trim_end() };
        let arguments = vec![("line", print.line.to_string().into()), ("time", time_text(print.at))];
        Event::instant("print", name.to_string(), thread(recording, print.task), times.at(print.at), arguments)
    };
    recording.prints.iter().map(print)
}

/// Waits of one task may overlap, which slices of a lane may not: they are asynchronous events.
fn waits<'a>(recording: &'a Recording, times: &'a Times) -> impl Iterator<Item = Event<'a>> {
    let both = |(number, wait): (usize, &Wait)| {
        let began = times.at(wait.began);
        let ended = wait.end.map_or(times.end(), |end| times.at(end.at)).max(began);
        let line = wait.line().map_or("not in the program's own code".to_string(), ToString::to_string);
        let end = match wait.end {
            None => "never",
            Some(end) if end.ready => "it came",
            Some(_) => "dropped first",
        };
        let arguments = vec![
            ("line", line.into()),
            ("from", time_text(wait.began)),
            ("length", duration_text(wait.duration(recording.ended)).into()),
            ("end", end.to_string().into()),
        ];
        let event = |end, at, arguments| {
            let name = format!("{}: {}", recording.tasks[wait.task.0].name, wait.kind);
            Event::overlapping(end, "wait", (name, number), thread(recording, Some(wait.task)), at, arguments)
        };
        [event("b", began, arguments), event("e", ended, Vec::new())]
    };
    recording.waits.iter().enumerate().flat_map(both)
}

/// The program's own time, without what was added to tell moments apart.
fn time_text(moment: Moment) -> Argument {
    duration_text(moment.time()).into()
}
