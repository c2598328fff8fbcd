//! W12: a future could have gone on, and its task did not poll it for long, because it awaited something else.
//!
//! Timers say when they are due, and locks when they are given away; so it is known how long the future around them was ready.

use std::time::Duration;

use super::Found;
use crate::recording::{
    Clock, Indexed, Location, Moment, Poll, RealTime, Recording, TaskId, Wait, WaitKind, duration_text,
};

/// What is shorter is an ordinary delay.
const LONG_NANOS: u64 = 500_000_000;
/// So many times longer than it was to last has the wait for a timer to be.
const TIMES: u64 = 5;
/// So many of them are looked at closely.
const MOST: usize = 200;

/// A finding for each task: every consumer that is slow keeps several futures waiting.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    if !recording.identified {
        return Vec::new();
    }
    let mut tasks: Vec<(TaskId, Vec<Neglect>)> = Vec::new();
    for neglect in late(recording).take(MOST).filter_map(|(wait, ready)| neglect(recording, wait, ready)) {
        match tasks.iter_mut().find(|(task, _)| *task == neglect.wait.task) {
            Some((_, all)) => all.push(neglect),
            None => tasks.push((neglect.wait.task, vec![neglect])),
        }
    }
    tasks.iter().filter_map(|(task, all)| found(recording, *task, all)).collect()
}

/// A wait that was over, and what its task awaited instead of looking at it.
struct Neglect<'a> {
    wait: &'a Wait,
    /// When it was over, and when it was polled, in nanoseconds.
    ready: u64,
    polled: u64,
    /// The line that the task was at.
    instead: &'a Location,
}

impl Neglect<'_> {
    fn nanos(&self) -> u64 {
        self.polled - self.ready
    }
}

/// The waits that were over for long before they were polled, with that moment.
fn late(recording: &Recording) -> impl Iterator<Item = (&Wait, u64)> {
    recording.waits.iter().filter(|wait| !wait.alone).filter_map(|wait| {
        let polled = wait.end.filter(|end| end.ready)?.at.nanos;
        let (ready, least) = match (wait.granted, wait.asked_nanos) {
            (Some(granted), _) => (granted.nanos, LONG_NANOS),
            // A lone await may be late, too; but nothing is put off by that.
            (None, Some(asked)) if is_timer(&wait.kind) && wait.lines.len() > 1 => {
                (wait.began.nanos.saturating_add(asked), LONG_NANOS.max(asked.saturating_mul(TIMES)))
            }
            _ => return None,
        };
        (polled.checked_sub(ready)? >= least).then_some((wait, ready))
    })
}

fn neglect<'a>(recording: &Indexed<'a>, wait: &'a Wait, ready: u64) -> Option<Neglect<'a>> {
    let polled = wait.end?.at.nanos;
    if is_held_up(recording, ready, polled) || !has_had_its_turn(recording, wait.task, ready, polled) {
        return None;
    }
    let end = |other: &Wait| other.end.map_or(recording.ended.nanos, |end| end.at.nanos);
    let within = |other: &Wait| end(other).min(polled).saturating_sub(other.began.nanos.max(ready));
    // Those at the same line are other futures that are not polled.
    let others = recording.waits_of(wait.task).filter(|other| other.line() != wait.line());
    // One that began earlier, and was there when the task polled both, was in nobody's way.
    let others = others.filter(|other| other.began > wait.began && end(other) <= polled);
    let longest = others.max_by_key(|other| within(other)).filter(|other| within(other) * 2 >= polled - ready)?;
    Some(Neglect { wait, ready, polled, instead: parted(wait, longest)? })
}

/// True if a thread was blocked in this time, which is another fault.
fn is_held_up(recording: &Recording, from: u64, until: u64) -> bool {
    let overlaps =
        |began: Moment, ended: Option<Moment>| began.nanos < until && ended.is_none_or(|ended| ended.nanos > from);
    recording.stalls.iter().any(|stall| overlaps(stall.began, stall.ended))
        || recording.blocks.iter().any(|block| overlaps(block.began, Some(block.ended)))
}

/// True if the task was polled in this time, and so was not merely late because the machine was. On the virtual clock that
/// is never so.
fn has_had_its_turn(recording: &Indexed, task: TaskId, from: u64, until: u64) -> bool {
    let is_real = |stretch: &RealTime| stretch.from.nanos < until && stretch.until.nanos > from;
    let is_exact = recording.clock == Clock::Virtual && !recording.real_time.iter().any(is_real);
    let then = |poll: &Poll| poll.began.nanos >= from && poll.ended.nanos < until;
    is_exact || recording.polls_of(task).any(then)
}

fn is_timer(kind: &WaitKind) -> bool {
    matches!(kind, WaitKind::Sleep | WaitKind::Timeout)
}

/// The outermost line of `other` that is not also one of `wait`.
fn parted<'a>(wait: &Wait, other: &'a Wait) -> Option<&'a Location> {
    other.lines.iter().find(|line| !wait.lines.contains(line)).filter(|line| !line.is_of_checks())
}

fn found(recording: &Recording, task: TaskId, all: &[Neglect]) -> Option<Found> {
    let worst = all.iter().max_by_key(|neglect| neglect.nanos())?;
    let name = &recording.tasks[task.0].name;
    let time = |nanos: u64| duration_text(Duration::from_nanos(nanos));
    let (ready, polled) = (time(worst.ready), time(worst.polled));
    let message = match worst.wait.granted {
        Some(_) => format!("a future of {name}'s was given its lock at {ready}, and was not polled before {polled}"),
        None => format!("a future of {name}'s could go on at {ready}, and was not polled before {polled}"),
    };
    let found = Found::new(
        message,
        format!(
            "A future in a select!, a FuturesUnordered or a buffered() is polled only while {name} awaits that. {name} awaited \
             something else meanwhile, so the future stood still: its work is late, its deadlines run out though the answer is \
             there, and a lock that it was given is kept from all others."
        ),
        "spawn what has to go on by itself, and await its JoinHandle in the same place; or spawn the slow work, so that the task \
         is back soon",
    );
    // The line that took most of the time comes first.
    let mut lines: Vec<(&Location, u64)> = Vec::new();
    for neglect in all {
        match lines.iter_mut().find(|(line, _)| *line == neglect.instead) {
            Some((_, nanos)) => *nanos += neglect.nanos(),
            None => lines.push((neglect.instead, neglect.nanos())),
        }
    }
    lines.sort_by_key(|(_, nanos)| u64::MAX - nanos);
    let found = lines.iter().fold(found, |found, (line, _)| {
        found.at(Some(line), format!("while {name} awaits this, it polls none of its other futures"))
    });
    let label = match all.len() {
        1 => format!("this could go on at {ready}, and was polled at {polled}"),
        count => format!("this could go on at {ready}, and was polled at {polled}; this happened {count} times"),
    };
    Some(found.at(worst.wait.line(), label))
}
