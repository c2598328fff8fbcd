//! A row of a terminal: characters in columns, each with a colour.

use unicode_width::UnicodeWidthChar;

use crate::render::family::Family;

/// Characters in columns. Nothing is ever written beyond the last one.
#[derive(Clone)]
pub(super) struct Row {
    cells: Vec<Cell>,
}

#[derive(Clone, Default)]
struct Cell {
    /// The character and its accents; empty where nothing is, or under the right half of a wide character.
    text: String,
    covered: bool,
    family: Option<Family>,
}

impl Row {
    pub(super) fn new(columns: usize) -> Self {
        Self { cells: vec![Cell::default(); columns] }
    }

    /// One character of width 1.
    pub(super) fn put(&mut self, column: usize, c: char, family: Option<Family>) {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = Cell { text: c.to_string(), covered: false, family };
        }
    }

    /// A text, as far as it fits. It must not begin or end within a wide character.
    pub(super) fn write(&mut self, column: usize, text: &str, family: Option<Family>) {
        let mut at = column;
        for c in text.chars() {
            match c.width().unwrap_or(0) {
                0 if at > column => self.cells[at - 1].text.push(c),
                0 => {}
                width if at + width > self.cells.len() => return,
                width => {
                    self.put(at, c, family);
                    for covered in at + 1..at + width {
                        self.cells[covered] = Cell { text: String::new(), covered: true, family };
                    }
                    at += width;
                }
            }
        }
    }

    /// The character at a column.
    pub(super) fn at(&self, column: usize) -> Option<char> {
        self.cells.get(column).and_then(|cell| cell.text.chars().next())
    }

    /// True if nothing stands there, nor on either side.
    pub(super) fn is_free(&self, columns: std::ops::Range<usize>) -> bool {
        let around = columns.start.saturating_sub(1)..(columns.end + 1).min(self.cells.len());
        columns.end <= self.cells.len() && self.cells[around].iter().all(|cell| cell.text.is_empty() && !cell.covered)
    }

    /// The row as text, without the blanks at its end.
    pub(super) fn text(&self, colour: bool) -> String {
        let used = self.cells.iter().rposition(|cell| !cell.text.is_empty() || cell.covered).map_or(0, |last| last + 1);
        let mut text = String::new();
        let mut now = None;
        for cell in self.cells[..used].iter().filter(|cell| !cell.covered) {
            if colour && cell.family != now {
                text.push_str(code(cell.family));
                now = cell.family;
            }
            text.push_str(if cell.text.is_empty() { " " } else { &cell.text });
        }
        if now.is_some() {
            text.push_str(code(None));
        }
        text
    }
}

/// One of the sixteen colours, of those that can be read on black and on white.
fn code(family: Option<Family>) -> &'static str {
    match family {
        None => "\x1b[0m",
        Some(Family::Time) => "\x1b[36m",
        Some(Family::Tasks) => "\x1b[32m",
        Some(Family::Shared) => "\x1b[35m",
        Some(Family::Io) => "\x1b[94m",
        Some(Family::Other) => "\x1b[90m",
        Some(Family::Alarm) => "\x1b[31m",
    }
}
