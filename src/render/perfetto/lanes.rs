//! The slices of each lane, nested: polls, and in them what held the thread and whom it woke.

use std::borrow::Cow;

use super::{
    Times,
    event::{Arguments, Event},
    thread, time_text,
};
use crate::recording::{Block, Doing, Poll, Recording, Stall, TaskId};

/// A stretch of a lane, in nanoseconds of the trace.
struct Slice<'a> {
    from: u64,
    to: u64,
    what: What<'a>,
}

/// What a slice stands for.
#[derive(Clone, Copy)]
enum What<'a> {
    Poll(&'a Poll),
    Stall(&'a Stall),
    Block(&'a Block),
    /// A wake that a task did, by its number.
    Wake(usize),
}

/// All lanes: one for each task, and one more for what happened outside every task.
pub(super) struct Lanes<'a> {
    recording: &'a Recording,
    /// The slices of each, the outer before the inner.
    lanes: Vec<Vec<Slice<'a>>>,
    /// When each wake that a task did is in the trace, by its number.
    wakes: Vec<Option<u64>>,
}

impl<'a> Lanes<'a> {
    pub(super) fn of(recording: &'a Recording, times: &Times) -> Self {
        let mut lanes: Vec<Vec<Slice>> = (0..=recording.tasks.len()).map(|_| Vec::new()).collect();
        let mut put = |task: Option<TaskId>, from: u64, to: u64, what: What<'a>| {
            lanes[thread(recording, task) - 1].push(Slice { from, to, what });
        };
        for poll in &recording.polls {
            // A poll that never ended was going on when the program had to be ended.
            let to = if poll.ended == poll.began { times.end() } else { times.at(poll.ended) };
            put(Some(poll.task), times.at(poll.began), to, What::Poll(poll));
        }
        for stall in &recording.stalls {
            let to = stall.ended.map_or(times.end(), |ended| times.at(ended));
            put(Some(stall.task), times.at(stall.began), to, What::Stall(stall));
        }
        for block in &recording.blocks {
            put(block.task, times.at(block.began), times.at(block.ended), What::Block(block));
        }
        for (number, wake) in recording.wakes.iter().enumerate().filter(|(_, wake)| wake.by.is_some()) {
            let from = times.at(wake.at);
            put(wake.by, from, from + times.grain(), What::Wake(number));
        }
        let mut wakes = vec![None; recording.wakes.len()];
        for lane in &mut lanes {
            nest(lane, times.grain());
            for slice in lane {
                if let What::Wake(number) = slice.what {
                    wakes[number] = Some(slice.from);
                }
            }
        }
        Lanes { recording, lanes, wakes }
    }

    /// The slices of all lanes, lane by lane.
    pub(super) fn slices(&self) -> impl Iterator<Item = Event<'a>> {
        let lanes = self.lanes.iter().enumerate();
        lanes.flat_map(move |(index, slices)| slices.iter().map(move |slice| self.event(index + 1, slice)))
    }

    fn event(&self, thread: usize, slice: &Slice<'a>) -> Event<'a> {
        let (category, name, arguments): (_, Cow<'a, str>, Arguments) = match slice.what {
            What::Poll(poll) => ("poll", "poll".into(), vec![("time", time_text(poll.began))]),
            What::Stall(stall) => {
                let lines: Vec<String> = stall.lines.iter().map(ToString::to_string).collect();
                let length = format!("{} ms of real time", stall.real_millis);
                let name = format!("holds the thread: {}", doing_text(stall.doing));
                ("stall", name.into(), vec![("for", length.into()), ("at", lines.join(", ").into())])
            }
            What::Block(block) => {
                let arguments = vec![("line", block.line.to_string().into()), ("time", time_text(block.began))];
                ("block", "blocks the thread".into(), arguments)
            }
            What::Wake(number) => {
                let wake = &self.recording.wakes[number];
                let name = format!("wakes {}", self.recording.tasks[wake.task.0].name);
                ("wake", name.into(), vec![("time", time_text(wake.at))])
            }
        };
        Event::slice(category, name, thread, (slice.from, slice.to), arguments)
    }

    /// When a wake is in the trace; nothing if it has no slice.
    pub(super) fn wake(&self, number: usize) -> Option<u64> {
        self.wakes[number]
    }

    /// When the first poll of a task begins that does so after a time.
    pub(super) fn next_poll(&self, task: TaskId, after: u64) -> Option<u64> {
        let slices = &self.lanes[task.0];
        let following = slices.partition_point(|slice| slice.from <= after);
        slices[following..].iter().find(|slice| matches!(slice.what, What::Poll(_))).map(|slice| slice.from)
    }
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
        if outer.is_empty() && matches!(slice.what, What::Poll(_)) {
            last_poll = Some(slice.to);
        }
        if outer.is_empty() && matches!(slice.what, What::Wake(_)) {
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
