//! The learner's file, and the solution beside it.

use std::fs;

use colored::Colorize;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
};

use super::{WIDE, scrolled};
use crate::cli::{solution, watch::screen::Screen, workspace::Side};

/// Draws both, or in a narrow window the one in front; returns how many lines are below what can be seen.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    if area.width < WIDE {
        let side = if screen.solution_in_front { Side::Solution } else { Side::Exercise };
        return scrolled(frame, area, &source(screen, side), screen);
    }
    let [left, _, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    // They scroll together, the longer one to its end.
    let asked = screen.scroll;
    let hidden = [(left, Side::Exercise), (right, Side::Solution)].map(|(area, side)| {
        screen.scroll = asked;
        let below = scrolled(frame, area, &source(screen, side), screen);
        (screen.scroll, below)
    });
    screen.scroll = hidden.map(|(scroll, _)| scroll).into_iter().max().unwrap_or(0);
    hidden.map(|(_, below)| below).into_iter().max().unwrap_or(0)
}

fn source(screen: &Screen, side: Side) -> String {
    let file = side.file(&screen.exercise().name);
    let whose = if side == Side::Exercise { "yours" } else { "one good way to write it" };
    let title = format!(" {file}: {whose}");
    let text = match fs::read_to_string(screen.workspace.path(&file)) {
        Ok(text) => text,
        Err(error) => return format!("{}\n\n {file} cannot be read: {error}", title.bold()),
    };
    let lines = solution::without_checks(&text);
    let numbered =
        lines.lines().enumerate().map(|(nth, line)| format!("{} {line}\n", format!("{:4}", nth + 1).dimmed()));
    format!("{}\n\n{}", title.bold(), numbered.collect::<String>())
}
