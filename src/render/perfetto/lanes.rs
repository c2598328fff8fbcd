//! The slices of each lane, nested: polls, and in them what held the thread and whom it woke.

use serde_json::{Value, json};

use super::{Times, thread, time_text};
use crate::recording::{Doing, Recording, TaskId};

/// A stretch of a lane, in nanoseconds of the trace.
pub(super) struct Slice {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) name: String,
    pub(super) category: &'static str,
    pub(super) arguments: Value,
    /// The number of the wake, where it is one.
    wake: Option<usize>,
}

/// A task's slices, the outer before the inner.
pub(super) struct Lane {
    pub(super) thread: usize,
    pub(super) slices: Vec<Slice>,
}

/// All lanes: one for each task, and one more for what happened outside every task.
pub(super) struct Lanes {
    lanes: Vec<Lane>,
    /// When each wake that a task did is in the trace, by its number.
    wakes: Vec<Option<u64>>,
}

impl Lanes {
    pub(super) fn of(recording: &Recording, times: &Times) -> Lanes {
        let lane = |index| Lane { thread: index + 1, slices: Vec::new() };
        let mut lanes: Vec<Lane> = (0..=recording.tasks.len()).map(lane).collect();
        let mut put = |task: Option<TaskId>, slice: Slice| lanes[thread(recording, task) - 1].slices.push(slice);
        for poll in &recording.polls {
            // A poll that never ended was going on when the program had to be ended.
            let to = if poll.ended == poll.began { times.end() } else { times.at(poll.ended) };
            let arguments = json!({ "time": time_text(poll.began) });
            put(Some(poll.task), slice("poll", "poll", times.at(poll.began), to, arguments));
        }
        for stall in &recording.stalls {
            let to = stall.ended.map_or(times.end(), |ended| times.at(ended));
            let lines: Vec<String> = stall.lines.iter().map(ToString::to_string).collect();
            let arguments = json!({ "for": format!("{} ms of real time", stall.real_millis), "at": lines.join(", ") });
            let name = format!("holds the thread: {}", doing_text(stall.doing));
            put(Some(stall.task), slice(&name, "stall", times.at(stall.began), to, arguments));
        }
        for block in &recording.blocks {
            let arguments = json!({ "line": block.line.to_string(), "time": time_text(block.began) });
            let (from, to) = (times.at(block.began), times.at(block.ended));
            put(block.task, slice("blocks the thread", "block", from, to, arguments));
        }
        for (number, wake) in recording.wakes.iter().enumerate().filter(|(_, wake)| wake.by.is_some()) {
            let from = times.at(wake.at);
            let name = format!("wakes {}", recording.tasks[wake.task.0].name);
            let arguments = json!({ "time": time_text(wake.at) });
            let wakes = slice(&name, "wake", from, from + times.grain(), arguments);
            put(wake.by, Slice { wake: Some(number), ..wakes });
        }
        let mut wakes = vec![None; recording.wakes.len()];
        for lane in &mut lanes {
            nest(&mut lane.slices, times.grain());
            lane.slices.iter().for_each(|slice| {
                if let Some(number) = slice.wake {
                    wakes[number] = Some(slice.from);
                }
            });
        }
        Lanes { lanes, wakes }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Lane> {
        self.lanes.iter()
    }

    /// When a wake is in the trace; nothing if it has no slice.
    pub(super) fn wake(&self, number: usize) -> Option<u64> {
        self.wakes[number]
    }

    /// When the first poll of a task begins that does so after a time.
    pub(super) fn next_poll(&self, task: TaskId, after: u64) -> Option<u64> {
        let slices = &self.lanes[task.0].slices;
        let following = slices.partition_point(|slice| slice.from <= after);
        slices[following..].iter().find(|slice| slice.category == "poll").map(|slice| slice.from)
    }
}

fn slice(name: &str, category: &'static str, from: u64, to: u64, arguments: Value) -> Slice {
    Slice { from, to, name: name.to_string(), category, arguments, wake: None }
}

/// Sorts the slices of a lane, the outer before the inner, and fits each into the one it is in.
///
/// A task that has ended wakes whoever waits for it right after its last poll: such a wake is put at the poll's end. One
/// without any poll before it, as there is none in a sound recording, is left out.
fn nest(slices: &mut Vec<Slice>, grain: u64) {
    slices.sort_by_key(|slice| (slice.from, std::cmp::Reverse(slice.to)));
    let mut outer: Vec<u64> = Vec::new();
    let mut last_poll: Option<u64> = None;
    for slice in slices.iter_mut() {
        outer.retain(|end| *end > slice.from);
        if outer.is_empty() && slice.category == "poll" {
            last_poll = Some(slice.to);
        }
        if outer.is_empty() && slice.wake.is_some() {
            (slice.from, slice.to) = last_poll.map_or((0, 0), |end| (end - grain, end));
            continue;
        }
        slice.to = slice.to.min(outer.last().copied().unwrap_or(slice.to));
        outer.push(slice.to);
    }
    slices.retain(|slice| slice.to > slice.from);
    slices.sort_by_key(|slice| (slice.from, std::cmp::Reverse(slice.to)));
}

fn doing_text(doing: Doing) -> &'static str {
    match doing {
        Doing::Working => "works",
        Doing::Sleeping => "sleeps",
        Doing::Locking => "waits for a lock",
        Doing::Receiving => "waits for a value",
        Doing::Waiting => "waits",
    }
}
