//! One lane of the picture: its waits, and how its task ended.

use super::{row::Row, scale::Scale};
use crate::render::{
    family::Family,
    lanes::{Bar, End, Ended, Finish, Lane, What},
};

/// The signs of a picture.
pub(super) mod sign {
    pub(in crate::render::terminal) const WAIT: char = '─';
    pub(in crate::render::terminal) const BEGIN: char = '├';
    pub(in crate::render::terminal) const READY: char = '┤';
    pub(in crate::render::terminal) const NEXT: char = '┼';
    pub(in crate::render::terminal) const SHORT: char = '│';
    pub(in crate::render::terminal) const DROPPED: char = '╳';
    pub(in crate::render::terminal) const NEVER: char = '…';
    pub(in crate::render::terminal) const BLOCKED: char = '▓';
    /// Where a thread was blocked twice in a row.
    pub(in crate::render::terminal) const BETWEEN: char = '┃';
    pub(in crate::render::terminal) const FINISHED: char = '■';
    pub(in crate::render::terminal) const PANICKED: char = '✗';
    pub(in crate::render::terminal) const WOKEN: char = '←';
}

/// What lies on a lane, where no bar has room to say so.
pub(super) struct Unnamed {
    pub(super) words: String,
    /// The last column of the last bar.
    after: usize,
}

impl Unnamed {
    /// Writes it beside the bars, if there is room. Returns whether there was.
    pub(super) fn write(&self, row: &mut Row) -> bool {
        // One column is for the mark of the end, and one is left blank.
        let from = self.after + 3;
        let free = row.is_free(from..from + self.words.chars().count());
        if free {
            row.write(from, &self.words, None);
        }
        free
    }
}

/// A lane; and what lies on it, if nowhere on it is there room to say so.
pub(super) fn row(lane: &Lane<'_>, scale: &Scale<'_>) -> (Row, Option<Unnamed>) {
    let mut row = Row::new(scale.columns);
    let mut named = lane.bars.is_empty();
    let mut last = 0;
    for bar in &lane.bars {
        let columns = draw(&mut row, bar, scale);
        named |= label(&mut row, bar, lane.alike, columns);
        last = columns.1;
    }
    let unnamed = (!named).then(|| Unnamed { words: lane.in_words(), after: last });
    (row, unnamed)
}

/// Marks the end of the lane's task.
pub(super) fn mark_end(row: &mut Row, end: End, scale: &Scale<'_>) {
    let (c, family) = match end.how {
        Ended::Finished => (sign::FINISHED, None),
        Ended::Panicked => (sign::PANICKED, Some(Family::Alarm)),
        Ended::Dropped => (sign::DROPPED, None),
        // A wait that never ended says by itself that its task is still alive.
        Ended::Alive if row.at(scale.columns - 1).is_none() => (sign::NEVER, None),
        Ended::Alive | Ended::Unseen => return,
    };
    let column = scale.column(end.at);
    row.put(if row.at(column).is_some() { column + 1 } else { column }, c, family);
}

/// Draws a bar and returns its first and last column.
fn draw(row: &mut Row, bar: &Bar<'_>, scale: &Scale<'_>) -> (usize, usize) {
    let from = scale.column(bar.from);
    let to = if bar.finish.is_never() { scale.columns - 1 } else { scale.column(bar.to) };
    let family = Some(Family::of(bar));
    let taken = row.at(from);
    let (begin, fill, end) = if bar.what == What::Blocked {
        (if taken == Some(sign::BLOCKED) { sign::BETWEEN } else { sign::BLOCKED }, sign::BLOCKED, sign::BLOCKED)
    } else {
        let begin = match taken {
            None if to == from => sign::SHORT,
            None | Some(sign::BLOCKED) => sign::BEGIN,
            Some(sign::READY | sign::NEXT | sign::SHORT) => sign::NEXT,
            Some(other) => other,
        };
        (begin, sign::WAIT, finish_sign(bar.finish))
    };
    for column in from + 1..to {
        row.put(column, fill, family);
    }
    if to > from {
        row.put(to, end, family);
    }
    // The last column of a wait shows how it ended, and nothing of a thread that was blocked next.
    if bar.what != What::Blocked || matches!(taken, None | Some(sign::BLOCKED)) {
        row.put(from, begin, family);
    }
    (from, to)
}

fn finish_sign(finish: Finish) -> char {
    match finish {
        Finish::Ready => sign::READY,
        Finish::Dropped => sign::DROPPED,
        Finish::Open | Finish::Stuck => sign::NEVER,
    }
}

/// Writes on a bar what it is for, if there is room. Returns whether there was.
fn label(row: &mut Row, bar: &Bar<'_>, alike: usize, (from, to): (usize, usize)) -> bool {
    let what = bar.what.label();
    let long = (alike > 1).then(|| format!(" {alike} × {what} "));
    let short = [format!(" {what} "), what];
    let inside = to.saturating_sub(from + 1);
    let room = |text: &&String| text.chars().count() + usize::from(text.starts_with(' ')) <= inside;
    let Some(text) = long.iter().chain(&short).find(room) else { return false };
    // One dash before it, where there is room for one.
    let dash = usize::from(text.chars().count() < inside);
    row.write(from + 1 + dash, text, Some(Family::of(bar)));
    true
}
