//! W11: the ticks that an interval missed came all at once.

use std::{collections::HashMap, time::Duration};

use super::Found;
use crate::recording::{Clock, Indexed, Moment, OverdueTick, Recording, TaskId, Wait, WaitKind, duration_text};

/// So many ticks have to be overdue: a single one is no burst.
const TICKS: usize = 2;

/// A finding for each line that took ticks in a burst: of the longest.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
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

fn bursts<'a>(recording: &'a Indexed) -> Vec<Burst<'a>> {
    let mut runs: Vec<Vec<&OverdueTick>> = Vec::new();
    // The runs by what the next tick of each has to come after.
    let mut ends: HashMap<(TaskId, Moment, u64), usize> = HashMap::new();
    for tick in recording.overdue_ticks.iter().filter(|tick| !tick.line.is_of_checks()) {
        let run = ends.remove(&(tick.task, tick.after, tick.period_nanos)).unwrap_or(runs.len());
        match runs.get_mut(run) {
            Some(ticks) => ticks.push(tick),
            None => runs.push(vec![tick]),
        }
        ends.insert((tick.task, tick.at, tick.period_nanos), run);
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
fn instead<'a>(recording: &Indexed<'a>, tick: &OverdueTick) -> Option<&'a Wait> {
    let (due, taken) = (due_before(tick), tick.after.nanos);
    let end = |wait: &Wait| wait.end.map_or(recording.ended, |end| end.at);
    let own = || recording.waits_of(tick.task);
    let is_of_ticks = |wait: &Wait| wait.kind == WaitKind::Interval && wait.line() == Some(&tick.line);
    let for_ticks: Vec<&Wait> = own().filter(|wait| is_of_ticks(wait)).collect();
    if for_ticks.iter().any(|wait| wait.began.nanos < due && due < end(wait).nanos) {
        return None;
    }
    // An arm beside the ticks keeps nobody from them.
    let beside = |wait: &Wait| for_ticks.iter().any(|one| one.began < end(wait) && wait.began < end(one));
    // Where time is real, a timer that was to be over sooner is not what took so long.
    let too_short =
        |wait: &Wait| recording.clock == Clock::Real && wait.asked_nanos.is_some_and(|asked| asked < tick.period_nanos);
    let then = own().filter(|wait| wait.began.nanos < taken && end(wait).nanos > due);
    let instead = then.filter(|wait| !is_of_ticks(wait) && !beside(wait) && !too_short(wait));
    instead.max_by_key(|wait| end(wait).nanos.min(taken) - wait.began.nanos.max(due))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        record,
        recording::{Location, WaitEnd},
        runtime::Threads,
    };

    /// In milliseconds, which serve as steps too.
    fn at(millis: u64) -> Moment {
        Moment { nanos: millis * 1_000_000, step: millis }
    }

    /// Three ticks of an interval of 10 ms, due at 20, 30 and 40 ms and taken at 50, 51 and 52 ms; main waited for the first from 22 ms
    /// on, because until then it was kept from its work, and `beside` from begin to end.
    fn bursts_of(clock: Clock, ticks_from: u64, other: (WaitKind, u64, u64, Option<u64>)) -> usize {
        let mut recording = record::future(Threads::Current, || async {}).recording;
        (recording.clock, recording.ended) = (clock, at(60));
        let wait = |kind, line, began, end, asked_nanos| Wait {
            task: TaskId(0),
            kind,
            lines: vec![Location { file: "a.rs".into(), line, column: 1 }],
            began: at(began),
            end: Some(WaitEnd { at: at(end), ready: true }),
            asked_nanos,
            resource: None,
            alone: false,
            granted: None,
        };
        let (kind, began, end, asked) = other;
        recording.waits = vec![
            wait(WaitKind::Interval, 1, ticks_from, 50, None),
            wait(kind, 2, began, end, asked.map(|millis| millis * 1_000_000)),
        ];
        let tick = |due, taken, after| OverdueTick {
            task: TaskId(0),
            line: recording.waits[0].lines[0].clone(),
            at: at(taken),
            due_nanos: at(due).nanos,
            period_nanos: at(10).nanos,
            after: at(after),
        };
        recording.overdue_ticks = vec![tick(30, 51, 50), tick(40, 52, 51)];
        find(&Indexed::of(&recording)).len()
    }

    #[test]
    fn an_arm_beside_the_ticks_keeps_nobody_from_them() {
        // Whoever takes a select! for the fault would blame this one, which waits for the ticks as well.
        assert_eq!(bursts_of(Clock::Real, 22, (WaitKind::Join, 1, 55, None)), 0);
        assert_eq!(bursts_of(Clock::Real, 49, (WaitKind::Join, 15, 48, None)), 1);
    }

    #[test]
    fn a_timer_that_was_to_be_over_in_time_is_not_what_took_so_long_where_time_is_real() {
        assert_eq!(bursts_of(Clock::Real, 49, (WaitKind::Sleep, 15, 48, Some(3))), 0);
        assert_eq!(bursts_of(Clock::Real, 49, (WaitKind::Sleep, 15, 48, Some(30))), 1);
        assert_eq!(bursts_of(Clock::Virtual, 49, (WaitKind::Sleep, 15, 48, Some(3))), 1);
    }
}
