//! The ticks of intervals: which of them came in a burst, because the interval made up for what was missed.

use std::collections::HashMap;

use super::Assembly;
use crate::{
    awaits::Await,
    recording::{Moment, OverdueTick, TaskId},
};

/// The tick that was taken last in each place: by which task, at which await, and within which other.
pub(super) type Ticks = HashMap<(usize, &'static Await, Option<u32>), Tick>;

/// A tick that was taken.
pub(super) struct Tick {
    at: Moment,
    due_nanos: u64,
}

/// An interval takes a tick that is late by no more than this for one that is on time, whatever it does about missed ones.
const TOLERANCE_NANOS: u64 = 5_000_000;

impl Assembly<'_> {
    /// A task took a tick, so long after it was due.
    pub(super) fn ticked(
        &mut self,
        task: usize,
        place: &'static Await,
        around: Option<u32>,
        late_nanos: u64,
        at: Moment,
    ) {
        let due_nanos = at.nanos.saturating_sub(late_nanos);
        let before = self.ticks.insert((task, place, around), Tick { at, due_nanos });
        let Some(before) = before.filter(|before| before.due_nanos < due_nanos && due_nanos <= before.at.nanos) else {
            return;
        };
        let line = super::place(place);
        let is_late = before.at.nanos - before.due_nanos > TOLERANCE_NANOS;
        if is_late && !self.sources.mentions(&line.file, "Burst") {
            self.recording.overdue_ticks.push(OverdueTick {
                task: TaskId(task),
                line,
                at,
                due_nanos,
                period_nanos: due_nanos - before.due_nanos,
                after: before.at,
            });
        }
    }
}
