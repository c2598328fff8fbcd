//! Where things lie on the sheet. All lengths are in units of the view box.

use crate::render::{axis::Axis, lanes::Picture};

/// The width of the sheet.
pub(super) const WIDTH: f64 = 720.0;

/// What is kept free around everything.
pub(super) const MARGIN: f64 = 12.0;

/// The height of a lane, and of the bar on it.
pub(super) const LANE: f64 = 24.0;
pub(super) const BAR: f64 = 18.0;

/// The height of a row of small text.
pub(super) const ROW: f64 = 15.0;

/// No character of a label is wider than this on the average, whichever font the reader has.
pub(super) const LETTER: f64 = 6.6;

/// Nor is one of a name, which is bold.
const BOLD_LETTER: f64 = 7.6;

/// Room after the end for the mark of a task that ended there.
const LEAST_TAIL: f64 = 20.0;

/// From places on the axis to units.
pub(super) struct Scale<'a> {
    axis: &'a Axis,
    /// Where the axis begins and ends.
    pub(super) start: f64,
    pub(super) end: f64,
}

impl<'a> Scale<'a> {
    pub(super) fn new(picture: &'a Picture<'_>) -> Self {
        let longest = picture.groups.iter().map(|group| group.title().chars().count()).max().unwrap_or(0);
        let names = (longest as f64 * BOLD_LETTER + 10.0).clamp(64.0, 170.0);
        let start = MARGIN + names;
        let without = |tail: f64| Self { axis: &picture.axis, start, end: WIDTH - MARGIN - tail };
        let narrow = without(LEAST_TAIL);
        // A wait that began at the very end has no width: it needs room after the end to be seen.
        let lacks = picture
            .bars()
            .filter(|bar| bar.finish.is_never())
            .map(|bar| narrow.x(bar.from) + bar.what.label().len() as f64 * LETTER + 20.0 - narrow.end);
        without(LEAST_TAIL + lacks.fold(0.0, f64::max))
    }

    /// Where a place of the axis lies.
    pub(super) fn x(&self, place: u64) -> f64 {
        self.start + (self.end - self.start) * (place as f64 / self.axis.end() as f64)
    }

    /// As many characters as a name may have.
    pub(super) fn name_columns(&self) -> usize {
        ((self.start - MARGIN - 8.0) / BOLD_LETTER) as usize
    }
}
