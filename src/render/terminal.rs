//! The picture for a terminal: a lane for every task, and one more for each wait that overlaps another of its task.

use std::{fmt::Write as _, io::IsTerminal, time::Duration};

use crate::recording::{Moment, Recording, Task, TaskId, Wait, duration_text};

/// How wide and how plain a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns it may take.
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

/// More lanes than these are counted, not drawn.
const MOST_LANES: usize = 24;
const NAMES_WIDTH: usize = 10;

/// Draws the recording.
pub fn terminal(recording: &Recording, style: Style) -> String {
    let names = recording.tasks.iter().map(|task| task.name.chars().count()).max().unwrap_or(0).min(24);
    let names = names.max(NAMES_WIDTH.min(style.width / 4));
    let columns = style.width.saturating_sub(names + 2).max(8);
    let scale = Scale { end: recording.ended.nanos.max(1), columns };
    let mut picture = format!("{:names$}  {}\n", "", scale.axis());
    let mut lanes = 0;
    let mut left_out = 0;
    for (number, task) in recording.tasks.iter().enumerate() {
        if task.kind == crate::recording::TaskKind::Blocking || recording.is_of_library(TaskId(number)) {
            continue;
        }
        for (nth, lane) in lanes_of(recording, TaskId(number)).into_iter().enumerate() {
            if lanes == MOST_LANES {
                left_out += 1;
                continue;
            }
            lanes += 1;
            let name: String = if nth == 0 { task.name.chars().take(names).collect() } else { String::new() };
            let drawn = draw(recording, task, &lane, &scale);
            let _ = writeln!(picture, "{name:names$}  {}", coloured(drawn.trim_end(), style));
        }
    }
    if left_out > 0 {
        let _ = writeln!(picture, "{:names$}  and {left_out} more lanes", "");
    }
    picture
}

fn coloured(text: &str, style: Style) -> String {
    if style.colour { format!("\x1b[36m{text}\x1b[0m") } else { text.to_string() }
}

/// The waits of a task, in as few lanes as keep them from overlapping.
fn lanes_of(recording: &Recording, task: TaskId) -> Vec<Vec<&Wait>> {
    let mut lanes: Vec<Vec<&Wait>> = vec![Vec::new()];
    // What took no time has no width, and would only cost lanes.
    let seen = |wait: &&Wait| wait.task == task && !wait.lines.is_empty() && !wait.duration(recording.ended).is_zero();
    let waits = recording.waits.iter().filter(seen);
    for wait in waits {
        let free = |lane: &&mut Vec<&Wait>| {
            lane.last().is_none_or(|last| last.end.is_some_and(|end| end.at.step <= wait.began.step))
        };
        match lanes.iter_mut().find(free) {
            Some(lane) => lane.push(wait),
            None => lanes.push(vec![wait]),
        }
    }
    lanes
}

struct Scale {
    end: u64,
    columns: usize,
}

impl Scale {
    fn column(&self, moment: Moment) -> usize {
        (moment.nanos as u128 * (self.columns as u128 - 1) / self.end as u128) as usize
    }

    /// Times along the top: the start, the end, and as many round ones between as fit.
    fn axis(&self) -> String {
        let mut axis: Vec<char> = vec![' '; self.columns];
        let mut write = |at: usize, text: &str| {
            let text: Vec<char> = text.chars().collect();
            let from = at.min(self.columns.saturating_sub(text.len()));
            if (from.saturating_sub(1)..(from + text.len() + 1).min(self.columns)).all(|at| axis[at] == ' ') {
                axis[from..from + text.len()].copy_from_slice(&text);
            }
        };
        write(0, "0 s");
        write(self.columns - 1, &duration_text(Duration::from_nanos(self.end)));
        let step = round_step(self.end, self.columns / 12);
        for nanos in (1..).map(|nth| nth * step).take_while(|nanos| *nanos < self.end) {
            write(self.column(Moment { nanos, step: 0 }), &duration_text(Duration::from_nanos(nanos)));
        }
        axis.into_iter().collect::<String>().trim_end().to_string()
    }
}

/// The least of 1, 2, 5, 10, 20, 50 … that divides `whole` into at most `parts`.
fn round_step(whole: u64, parts: usize) -> u64 {
    let parts = parts.max(1) as u64;
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    steps.into_iter().find(|step| whole / step <= parts).unwrap_or(u64::MAX)
}

fn draw(recording: &Recording, task: &Task, lane: &[&Wait], scale: &Scale) -> String {
    let mut cells: Vec<char> = vec![' '; scale.columns];
    for wait in lane {
        let end = wait.end.map_or(recording.ended, |end| end.at.min(recording.ended));
        let (from, to) = (scale.column(wait.began), scale.column(end).min(scale.columns - 1));
        cells[from..=to].fill('─');
        cells[from] = '├';
        if to > from {
            cells[to] = if wait.end.is_none() { '…' } else { '┤' };
        }
        let label: Vec<char> = format!(" {} ", wait.kind).chars().collect();
        if label.len() + 3 <= to - from {
            cells[from + 2..from + 2 + label.len()].copy_from_slice(&label);
        }
    }
    let (born, died) =
        (scale.column(task.spawned), task.end.as_ref().map(|end| scale.column(end.at.min(recording.ended))));
    if lane.is_empty() {
        cells[born] = '│';
        if let Some(died) = died {
            cells[died] = '│';
        }
    }
    cells.into_iter().collect()
}
