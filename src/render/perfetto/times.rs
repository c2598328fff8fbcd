//! A time of its own for every moment, so that what happened at the same time stands in the order in which it happened.

use serde::{Serialize, Serializer};

use crate::recording::{Moment, Recording};

/// Up to here (13 days) a number of microseconds keeps its nanoseconds in a JavaScript number, with room for rounding.
const NANOS_ARE_EXACT_UP_TO: u64 = 1 << 50;

/// Perfetto counts nanoseconds in 64 bits with a sign. No program runs for 292 years, but a recording can say so.
const LATEST: u64 = i64::MAX as u64;

/// The times in the trace: the moments' own, and later by a grain for each moment before at the same time.
pub(super) struct Times {
    /// The steps of all moments, in order, and when each is in the trace, in nanoseconds.
    steps: Vec<(u64, u64)>,
    /// The least that two moments are apart, in nanoseconds.
    grain: u64,
}

impl Times {
    pub(super) fn of(recording: &Recording) -> Times {
        let mut moments = moments(recording);
        moments.sort_unstable_by_key(|moment| (moment.step, moment.nanos));
        moments.dedup_by_key(|moment| moment.step);
        let last = moments.iter().map(|moment| moment.nanos).max().unwrap_or(0);
        let grain = if last < NANOS_ARE_EXACT_UP_TO { 1 } else { 1000 };
        // Room for a grain after each moment, and for one after the end.
        let latest = LATEST / grain * grain - (moments.len() as u64 + 2) * grain;
        let mut free = 0;
        let steps = moments.into_iter().map(|moment| {
            // Moments are grains apart and timers at least a millisecond, so no moment pushes one of a later time.
            let at = (moment.nanos / grain * grain).min(latest).max(free);
            free = at + grain;
            (moment.step, at)
        });
        Times { steps: steps.collect(), grain }
    }

    /// When a moment of the recording is, in nanoseconds.
    pub(super) fn at(&self, moment: Moment) -> u64 {
        match self.steps.binary_search_by_key(&moment.step, |(step, _)| *step) {
            Ok(index) => self.steps[index].1,
            Err(index) => self.steps.get(index.wrapping_sub(1)).map_or(0, |(_, at)| at + self.grain),
        }
    }

    /// After every moment.
    pub(super) fn end(&self) -> u64 {
        self.steps.last().map_or(0, |(_, at)| at + self.grain)
    }

    /// The least that two moments are apart, in nanoseconds.
    pub(super) fn grain(&self) -> u64 {
        self.grain
    }
}

/// Nanoseconds, written as the format wants them: in microseconds. Whole ones stay whole numbers, which are exact however
/// big they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Micros(pub(super) u64);

impl Serialize for Micros {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Micros(nanos) = *self;
        if nanos.is_multiple_of(1000) {
            serializer.serialize_u64(nanos / 1000)
        } else {
            serializer.serialize_f64(nanos as f64 / 1000.0)
        }
    }
}

/// Every moment that has a place in the trace.
fn moments(recording: &Recording) -> Vec<Moment> {
    let mut moments = vec![recording.ended];
    moments.extend(recording.polls.iter().flat_map(|poll| [poll.began, poll.ended]));
    moments.extend(recording.waits.iter().flat_map(|wait| [Some(wait.began), wait.end.map(|end| end.at)]).flatten());
    moments.extend(recording.wakes.iter().map(|wake| wake.at));
    moments.extend(recording.prints.iter().map(|print| print.at));
    moments.extend(recording.blocks.iter().flat_map(|block| [block.began, block.ended]));
    moments.extend(recording.stalls.iter().flat_map(|stall| [Some(stall.began), stall.ended]).flatten());
    moments
}
