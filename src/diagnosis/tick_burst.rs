//! W11: the ticks that an interval missed came all at once.

use std::time::Duration;

use super::Found;
use crate::recording::{OverdueTick, Recording, Wait, WaitKind, duration_text};

/// So many ticks have to be overdue: a single one is no burst.
const TICKS: usize = 2;

/// A finding for each line that took ticks in a burst: of the longest.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    let mut longest: Vec<Burst> = Vec::new();
    for burst in bursts(recording) {
        match longest.iter_mut().find(|other| other.ticks[0].line == burst.ticks[0].line) {
            Some(other) if other.ticks.len() >= burst.ticks.len() => {}
            Some(other) => *other = burst,
            None => longest.push(burst),
        }
    }
    longest.iter().map(|burst| found(recording, burst)).collect()
}

/// Ticks one after another, each of which was due before the one before it was taken.
struct Burst<'a> {
    ticks: Vec<&'a OverdueTick>,
    /// What the task waited for instead of the first of them, and one tick before it.
    instead: &'a Wait,
}

fn bursts(recording: &Recording) -> Vec<Burst<'_>> {
    let mut runs: Vec<Vec<&OverdueTick>> = Vec::new();
    for tick in recording.overdue_ticks.iter().filter(|tick| !tick.line.is_of_checks()) {
        let goes_on = |run: &&mut Vec<&OverdueTick>| {
            run.last().is_some_and(|last| {
                last.task == tick.task && last.at == tick.after && last.period_nanos == tick.period_nanos
            })
        };
        match runs.iter_mut().rev().find(goes_on) {
            Some(run) => run.push(tick),
            None => runs.push(vec![tick]),
        }
    }
    let runs = runs.into_iter().filter(|run| run.len() >= TICKS);
    runs.filter_map(|ticks| Some(Burst { instead: instead(recording, ticks[0])?, ticks })).collect()
}

/// When the tick before this one was due.
fn due_before(tick: &OverdueTick) -> u64 {
    tick.due_nanos.saturating_sub(tick.period_nanos)
}

/// What the task waited for while the tick before this one, the first that was late, was due. None if it waited for just that
/// tick: then the machine was late, and not the program.
fn instead<'a>(recording: &'a Recording, tick: &OverdueTick) -> Option<&'a Wait> {
    let (due, taken) = (due_before(tick), tick.after.nanos);
    let end = |wait: &Wait| wait.end.map_or(recording.ended.nanos, |end| end.at.nanos);
    let then = |wait: &&Wait| wait.task == tick.task && wait.began.nanos < taken && end(wait) > due;
    let mut waits = recording.waits.iter().filter(then);
    let is_of_ticks = |wait: &Wait| wait.kind == WaitKind::Interval && wait.line() == Some(&tick.line);
    if waits.clone().any(|wait| is_of_ticks(wait) && wait.began.nanos < due) {
        return None;
    }
    let within = |wait: &Wait| end(wait).min(taken) - wait.began.nanos.max(due);
    waits.by_ref().filter(|wait| !is_of_ticks(wait)).max_by_key(|wait| within(wait))
}

fn found(recording: &Recording, burst: &Burst) -> Found {
    let (first, name) = (burst.ticks[0], &recording.tasks[burst.ticks[0].task.0].name);
    let (count, period) = (burst.ticks.len() + 1, Duration::from_nanos(first.period_nanos));
    let due = Duration::from_nanos(due_before(first));
    let (period, taken) = (duration_text(period), duration_text(first.after.time()));
    let instead = burst.instead;
    let until = instead.end.map_or(recording.ended, |end| end.at);
    Found::new(
        format!("{count} ticks of an interval of {period} came in a burst, from {taken} on: the first was due at {}", duration_text(due)),
        format!(
            "{name} was late, because it waited for something else. An interval makes up for every tick that it has missed, \
             unless it is told not to: they come one right after the other, without the {period} between them."
        ),
        "set_missed_tick_behavior(MissedTickBehavior::Delay), or Skip, after the interval is made; or spawn what takes long, so \
         that the loop is back in time. If every tick counts, say so with MissedTickBehavior::Burst",
    )
    .at(Some(&first.line), format!("{name} takes the ticks here, {count} of them without a pause"))
    .at(
        instead.lines.first(),
        format!("{name} waits here from {} to {}, and takes no tick", duration_text(instead.began.time()), duration_text(until.time())),
    )
}
