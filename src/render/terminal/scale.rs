//! From places on the axis to columns.

use super::row::Row;
use crate::render::{axis::Axis, lanes::Picture};

/// Columns after the end, for the mark of a task that ended there.
const LEAST_TAIL: usize = 2;

/// From places on the axis to columns of a lane.
pub(super) struct Scale<'a> {
    axis: &'a Axis,
    /// All columns of a lane.
    pub(super) columns: usize,
    /// The column of the end. What was still going on then reaches beyond it.
    pub(super) last: usize,
}

impl<'a> Scale<'a> {
    pub(super) fn new(picture: &'a Picture<'_>, columns: usize) -> Self {
        let axis = &picture.axis;
        let without = |tail: usize| Self { axis, columns, last: columns.saturating_sub(1 + tail).max(1) };
        let narrow = without(LEAST_TAIL);
        // A wait that began at the very end has no width: it needs room after the end to be seen.
        let late = picture.bars().filter(|bar| bar.finish.is_never());
        let lacks = late.map(|bar| (narrow.column(bar.from) + bar.what.label().len() + 5).saturating_sub(narrow.last));
        let tail = LEAST_TAIL + lacks.max().unwrap_or(0);
        without(tail.min(columns / 3))
    }

    /// The column of a place.
    pub(super) fn column(&self, place: u64) -> usize {
        (u128::from(place) * self.last as u128 / u128::from(self.axis.end())) as usize
    }

    /// The top of the picture: the start, the end, and as many round places between as fit.
    pub(super) fn row(&self) -> Row {
        let mut row = Row::new(self.columns);
        let start = if self.axis.is_steps() { "step 0".to_string() } else { "0 s".to_string() };
        let between = self.axis.ticks(self.columns / 12).map(|place| (self.column(place), self.axis.text(place)));
        let end = (self.last, self.axis.text(self.axis.end()));
        for (column, text) in [(0, start), end].into_iter().chain(between) {
            let width = text.chars().count();
            let from = column.min(self.columns.saturating_sub(width));
            if row.is_free(from..from + width) {
                row.write(from, &text, None);
            }
        }
        row
    }
}
