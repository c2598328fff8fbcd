//! The picture for a terminal: a lane for every task, and one more for each wait that overlaps another of its task.

mod lane;
mod legend;
mod row;
mod scale;

use std::io::IsTerminal;

use unicode_width::UnicodeWidthStr;

use self::{lane::sign, row::Row, scale::Scale};
use super::{
    family::Family,
    lanes::{Group, Picture, Rest},
    notes::{Note, Placed, Room, arrange, cut},
    words::{self, wrapped},
};
use crate::recording::{Outcome, Recording};

/// How wide and how plain a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns it may take; less than 20 count as 20.
    pub width: usize,
    /// True for colour.
    pub colour: bool,
}

impl Style {
    /// For standard output as it is: its width if it is a terminal, colour unless `NO_COLOR` is set.
    pub fn of_stdout() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let width = if terminal { crossterm::terminal::size().map_or(80, |(columns, _)| columns as usize) } else { 80 };
        let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { width, colour }
    }
}

/// What stands before the row that counts.
const WAITING: &str = "waiting";

const LEAST_WIDTH: usize = 20;

/// Below this width names stand on lines of their own, so that the lanes have all of it.
const NARROW: usize = 45;

/// Names are not cut to less than this.
const NAMES_WIDTH: usize = 12;

/// Rows under the lanes of a task for what it printed.
const PRINT_ROWS: usize = 6;

/// Draws the recording. No line is wider than the style says.
pub fn terminal(recording: &Recording, style: Style) -> String {
    let picture = Picture::new(recording);
    Drawing::new(&picture, style).draw()
}

/// A picture in the making.
struct Drawing<'a> {
    picture: &'a Picture<'a>,
    width: usize,
    colour: bool,
    /// The columns names take, with the gap after them; none if they stand on lines of their own.
    names: usize,
    scale: Scale<'a>,
    lines: Vec<String>,
    /// Everything drawn on lanes, for the legend.
    signs: String,
}

impl<'a> Drawing<'a> {
    fn new(picture: &'a Picture<'a>, style: Style) -> Self {
        let width = style.width.max(LEAST_WIDTH);
        let longest = picture.groups.iter().map(|group| group.title().width()).max().unwrap_or(0);
        let longest = if picture.rest.is_some() { longest.max(WAITING.len()) } else { longest };
        let names = if width < NARROW { 0 } else { longest.min((width / 4).max(NAMES_WIDTH)) + 2 };
        let scale = Scale::new(picture, width - names);
        Self { picture, width, colour: style.colour, names, scale, lines: Vec::new(), signs: String::new() }
    }

    fn draw(mut self) -> String {
        self.row("", &self.scale.row());
        for group in &self.picture.groups {
            self.group(group);
        }
        if let Some(rest) = &self.picture.rest {
            self.rest(rest);
        }
        self.lines.push(String::new());
        self.words();
        self.lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// A line of the picture: a name, and what lies on the columns after it.
    fn row(&mut self, name: &str, row: &Row) {
        if self.names == 0 {
            if !name.is_empty() {
                self.lines.push(cut(name, self.width));
            }
            return self.lines.push(row.text(self.colour));
        }
        let name = cut(name, self.names - 2);
        let blank = " ".repeat(self.names - name.width());
        self.lines.push(format!("{name}{blank}{}", row.text(self.colour)));
    }

    fn group(&mut self, group: &Group<'_>) {
        let title = group.title();
        for (nth, lane) in group.lanes.iter().enumerate() {
            let (mut row, unnamed) = lane::row(lane, &self.scale);
            if nth == 0 {
                lane::mark_end(&mut row, group.end, &self.scale);
            }
            self.signs += &row.text(false);
            // Beside the waits where there is room, else below them.
            let unnamed = unnamed.filter(|unnamed| !unnamed.write(&mut row));
            self.row(if nth == 0 { &title } else { "" }, &row);
            if let Some(unnamed) = unnamed {
                self.note(&unnamed.words);
            }
        }
        if group.lanes_left_out > 0 {
            self.note(&words::more(group.lanes_left_out, "wait beside them", "waits beside them"));
        }
        let recording = self.picture.recording;
        // Those who woke it at one column stand together.
        let mut wakers: Vec<(usize, Vec<String>)> = Vec::new();
        for (at, by) in &group.wakes {
            let (column, name) = (self.scale.column(*at), crate::plain::plain(&recording.tasks[by.0].name));
            match wakers.last_mut() {
                Some((last, names)) if *last == column => names.push(name),
                _ => wakers.push((column, vec![name])),
            }
        }
        let woken = wakers.into_iter().map(|(at, mut names)| {
            names.dedup();
            let names = match &names[..] {
                [first, rest @ ..] if rest.len() > 2 => format!("{first} and {} more", rest.len()),
                names => names.join(", "),
            };
            Note { at, text: format!("{} {names}", sign::WOKEN), sign: Some(sign::WOKEN) }
        });
        let (woken, _) = self.arranged(woken.collect(), 1);
        let printed = group.prints.iter().map(|(at, text)| {
            let at = self.scale.column(*at);
            Note { at, text: format!("\"{text}\""), sign: None }
        });
        let (printed, left_out) = self.arranged(printed.collect(), PRINT_ROWS);
        if !woken.is_empty() {
            self.signs.push(sign::WOKEN);
        }
        for row in woken.iter().chain(&printed) {
            self.row("", row);
        }
        let left_out = left_out + group.prints_of_others;
        if left_out > 0 {
            self.note(&words::more(left_out, "line printed", "lines printed"));
        }
    }

    fn arranged(&self, notes: Vec<Note>, rows: usize) -> (Vec<Row>, usize) {
        let (placed, left_out) = arrange(notes, Room { width: self.scale.columns, column: 1, rows });
        let mut drawn =
            vec![Row::new(self.scale.columns); placed.iter().map(|placed| placed.row + 1).max().unwrap_or(0)];
        for Placed { row, from, text } in placed {
            drawn[row].write(from, &text, None);
        }
        (drawn, left_out)
    }

    /// A remark within the picture.
    fn note(&mut self, text: &str) {
        for line in wrapped(text, self.width - self.names) {
            self.lines.push(format!("{}{line}", " ".repeat(self.names)));
        }
    }

    fn rest(&mut self, rest: &Rest<'_>) {
        if let Some(left_out) = words::left_out(rest) {
            self.lines.extend(wrapped(&left_out, self.width));
        }
        let mut row = Row::new(self.scale.columns);
        let most = rest.crowd.most().max(1);
        for (column, count) in rest.crowd.sampled(&self.picture.axis, self.scale.last + 1).into_iter().enumerate() {
            if count > 0 {
                let heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
                row.put(column, heights[(count * 8).div_ceil(most) - 1], None);
            }
        }
        self.row(WAITING, &row);
        self.note(&words::crowd(rest));
    }

    /// How it ended, and what the signs mean.
    fn words(&mut self) {
        let recording = self.picture.recording;
        if self.picture.axis.is_steps() {
            self.lines.extend(wrapped(words::STEPS, self.width));
        }
        for (nth, sentence) in words::ending(recording).iter().enumerate() {
            let alarm = nth > 0 || recording.outcome != Outcome::Returned;
            for line in wrapped(sentence, self.width) {
                let mut row = Row::new(self.width);
                row.write(0, &line, alarm.then_some(Family::Alarm));
                self.lines.push(row.text(self.colour));
            }
        }
        let legend = legend::legend(&self.signs);
        self.lines.extend(wrapped(&legend, self.width));
    }
}
