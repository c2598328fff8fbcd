//! Where short texts go that belong to a place each and must not run into each other: what a task printed, who woke it.
//! Widths are in units of the picture's choice: columns, or tenths of a pixel.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text that is cut must leave so many columns of it.
const LEAST_COLUMNS: usize = 5;

/// So many columns from the right edge a text is written up to it.
const EDGE: usize = 16;

/// A text and where it belongs.
pub(super) struct Note {
    pub(super) at: usize,
    pub(super) text: String,
    /// What stands for it where there is no room; without it, the text is cut.
    pub(super) sign: Option<char>,
}

/// The room there is.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) width: usize,
    /// The width of one column of text.
    pub(super) column: usize,
    pub(super) rows: usize,
}

/// A text and where it goes.
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) from: usize,
    pub(super) text: String,
}

/// Finds room for all notes, which are sorted by where they belong: each in the first row that is free there, and if none
/// is, the one before it is cut. Returns too how many found no room.
pub(super) fn arrange(notes: Vec<Note>, room: Room) -> (Vec<Placed>, usize) {
    let mut placed: Vec<Placed> = Vec::new();
    let mut signs: Vec<Option<char>> = Vec::new();
    // The last of each row.
    let mut rows: Vec<usize> = Vec::new();
    let mut left_out = 0;
    for note in notes {
        // Only what belongs near the right edge may begin earlier: elsewhere nobody could tell any more where it belongs.
        let after = room.width.saturating_sub(note.at) / room.column;
        let half = (room.width / room.column / 2).max(EDGE).min(room.width / room.column);
        let text = cut(&note.text, if after < EDGE { half } else { after });
        let from = note.at.min(room.width.saturating_sub(text.width() * room.column));
        let free = |last: &Placed| last.from + (last.text.width() + 1) * room.column <= from;
        let row = if let Some(row) = rows.iter().position(|last| free(&placed[*last])) {
            row
        } else if rows.len() < room.rows {
            rows.push(0);
            rows.len() - 1
        } else if let Some((row, shorter)) = shortened(&placed, &signs, &rows, from, room) {
            placed[rows[row]].text = shorter;
            row
        } else {
            left_out += 1;
            continue;
        };
        rows[row] = placed.len();
        placed.push(Placed { row, from, text });
        signs.push(note.sign);
    }
    (placed, left_out)
}

/// The row whose last text begins first, and what is left of that text if the next one begins at `from`.
fn shortened(
    placed: &[Placed],
    signs: &[Option<char>],
    rows: &[usize],
    from: usize,
    room: Room,
) -> Option<(usize, String)> {
    let row = (0..rows.len()).min_by_key(|row| placed[rows[*row]].from)?;
    let last = &placed[rows[row]];
    let columns = (from.saturating_sub(last.from) / room.column).saturating_sub(1);
    match signs[rows[row]] {
        Some(sign) => (columns >= 1).then(|| (row, sign.to_string())),
        None => (columns >= LEAST_COLUMNS).then(|| (row, cut(&last.text, columns))),
    }
}

/// As much of the text as fits into so many columns; `…` where something is missing.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>() <= columns {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut left = columns.saturating_sub(1);
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        kept.push(c);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Note, Room, arrange};

    fn texts(notes: &[(usize, &str)], rows: usize) -> (Vec<(usize, usize, String)>, usize) {
        let notes = notes.iter().map(|(at, text)| Note { at: *at, text: text.to_string(), sign: None }).collect();
        let (placed, left_out) = arrange(notes, Room { width: 40, column: 1, rows });
        (placed.into_iter().map(|placed| (placed.row, placed.from, placed.text)).collect(), left_out)
    }

    #[test]
    fn what_does_not_fit_beside_goes_below() {
        let (placed, _) = texts(&[(0, "first"), (3, "second"), (7, "third")], 2);
        assert_eq!(placed, [(0, 0, "first".into()), (1, 3, "second".into()), (0, 7, "third".into())]);
    }

    #[test]
    fn where_no_row_is_left_the_one_before_is_cut() {
        let (placed, left_out) = texts(&[(0, "a long text"), (8, "next"), (9, "no room")], 1);
        assert_eq!(placed, [(0, 0, "a long…".into()), (0, 8, "next".into())]);
        assert_eq!(left_out, 1);
    }

    #[test]
    fn a_text_at_the_right_edge_ends_there() {
        assert_eq!(texts(&[(38, "at the end")], 1).0, [(0, 30, "at the end".into())]);
    }
}
