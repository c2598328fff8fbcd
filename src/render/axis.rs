//! Where a moment lies in a picture: by time, or by steps where no time passed. It knows nothing of columns and pixels.

use std::time::Duration;

use crate::recording::{Moment, Recording, duration_text};

/// The axis of a picture. Places on it are counted from 0 to [`Axis::end`], in nanoseconds or in steps.
pub(super) struct Axis {
    /// The steps at which something is shown, sorted; empty where the axis shows time.
    steps: Vec<u64>,
    end: u64,
}

impl Axis {
    /// For a recording of which these moments are shown.
    pub(super) fn new(recording: &Recording, shown: impl Iterator<Item = Moment>) -> Self {
        let ended = recording.ended;
        if ended.nanos > 0 {
            return Self { steps: Vec::new(), end: ended.nanos };
        }
        // Only what is shown gets a place of its own: the steps between are no learner's business.
        let mut steps: Vec<u64> = shown.map(|moment| moment.step.min(ended.step)).collect();
        steps.push(ended.step);
        steps.sort_unstable();
        steps.dedup();
        let end = (steps.len() as u64 - 1).max(1);
        Self { steps, end }
    }

    /// True if no time passed, so that places are steps.
    pub(super) fn is_steps(&self) -> bool {
        !self.steps.is_empty()
    }

    /// The place of the end; never 0.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// The place of a moment; what comes after the end lies at the end.
    pub(super) fn place(&self, moment: Moment) -> u64 {
        let place =
            if self.is_steps() { self.steps.partition_point(|step| *step < moment.step) as u64 } else { moment.nanos };
        place.min(self.end)
    }

    /// What is written at a place.
    pub(super) fn text(&self, place: u64) -> String {
        if self.is_steps() { format!("step {place}") } else { duration_text(Duration::from_nanos(place)) }
    }

    /// Round places after 0 and before the end, so few that each has this share of the axis for itself.
    pub(super) fn ticks(&self, most: usize) -> impl Iterator<Item = u64> {
        let step = round_step(self.end, most);
        (1..=self.end / step).map(move |nth| nth * step).take_while(|place| *place < self.end)
    }
}

/// The least of 1, 2, 5, 10, 20, 50 … that divides `whole` into at most `parts`.
fn round_step(whole: u64, parts: usize) -> u64 {
    let parts = parts.max(1) as u64;
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    steps.into_iter().find(|step| whole / step <= parts).unwrap_or(u64::MAX)
}
