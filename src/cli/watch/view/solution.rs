//! The learner's file, and the solution beside it.

use colored::Colorize;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
};

use super::{WIDE, scrolled};
use crate::cli::{solution, source, watch::screen::Screen, workspace::Side};

/// Draws both, or in a narrow window the one in front; returns how many lines are below what can be seen.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    if area.width < WIDE {
        let side = if screen.solution_in_front { Side::Solution } else { Side::Exercise };
        return scrolled(frame, area, &shown(screen, side, area.width), screen);
    }
    let [left, _, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    // They scroll together, the longer one to its end.
    let asked = screen.scroll;
    let hidden = [(left, Side::Exercise), (right, Side::Solution)].map(|(area, side)| {
        screen.scroll = asked;
        let below = scrolled(frame, area, &shown(screen, side, area.width), screen);
        (screen.scroll, below)
    });
    screen.scroll = hidden.map(|(scroll, _)| scroll).into_iter().max().unwrap_or(0);
    hidden.map(|(_, below)| below).into_iter().max().unwrap_or(0)
}

/// Columns of a line's number and the gap after it.
const NUMBER: usize = 5;

fn shown(screen: &Screen, side: Side, columns: u16) -> String {
    let file = side.file(&screen.exercise().name);
    let whose = if side == Side::Exercise { "yours" } else { "one good way to write it" };
    let title = format!(" {file}: {whose}");
    let text = match source::text(&screen.workspace, &file) {
        Ok(text) => text,
        Err(error) => return format!("{}\n\n {error}", title.bold()),
    };
    let room = usize::from(columns).saturating_sub(NUMBER).max(1);
    let mut shown = format!("{}\n\n", title.bold());
    for (nth, line) in solution::without_checks(&text).lines().enumerate() {
        let chars: Vec<char> = line.chars().collect();
        let pieces = chars.chunks(room).map(String::from_iter);
        // What is too long goes on below, beside its number.
        let text = pieces.collect::<Vec<_>>().join(&format!("\n{:NUMBER$}", ""));
        shown += &format!("{} {text}\n", format!("{:4}", nth + 1).dimmed());
    }
    shown
}
