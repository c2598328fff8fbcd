//! Draws the screen: functions from its data to cells.
//!
//! Colours are the terminal's own sixteen and never its white, black or grey, so that they read on light and dark
//! backgrounds; whatever a colour says, a sign or a word says too.

mod bars;
mod pages;
mod solution;
mod verdict;

use ansi_to_tui::IntoText;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::{Color, Modifier, Style},
    text::{Line, Span, Text},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthChar;

use super::screen::{Screen, View};
use crate::cli::output;

/// From so many columns on there is room for two things beside each other.
const WIDE: u16 = 120;

/// Below so many rows nothing is spent on rules and bars.
const LOW: u16 = 14;

/// Draws everything.
pub(super) fn draw(frame: &mut Frame<'_>, screen: &mut Screen) {
    let low = frame.area().height < LOW;
    let news = bars::news(screen, usize::from(frame.area().width), low);
    let (head, foot) = if low { (1, news.len().max(1)) } else { (3, 2 + news.len()) };
    let foot = u16::try_from(foot).unwrap_or(u16::MAX);
    let [head, body, foot] =
        Layout::vertical([Constraint::Length(head), Constraint::Min(1), Constraint::Length(foot)]).areas(frame.area());
    bars::head(frame, head, screen);
    let hidden = match screen.view {
        View::Exercise => verdict::draw(frame, body, screen),
        View::Pictures => verdict::pictures(frame, body, screen),
        View::List => pages::list(frame, body, screen),
        View::Solution => solution::draw(frame, body, screen),
        View::Help => pages::help(frame, body, screen),
        View::Summary => pages::summary(frame, body, screen),
        View::Program => 0,
    };
    bars::foot(frame, foot, screen, news, hidden);
}

/// Shows text from the line on that the screen is scrolled to; returns how many lines are below.
fn scrolled(frame: &mut Frame<'_>, area: Rect, text: &str, screen: &mut Screen) -> usize {
    let lines = folded(text, usize::from(area.width));
    let rows = usize::from(area.height);
    let below = lines.len().saturating_sub(rows);
    screen.scroll = screen.scroll.min(below);
    screen.page = rows.saturating_sub(1).max(1);
    let shown: Vec<Line<'_>> = lines.into_iter().skip(screen.scroll).take(rows).collect();
    frame.render_widget(Paragraph::new(shown), area);
    below - screen.scroll
}

/// Text with colour codes as lines, broken where they are too wide.
fn folded(text: &str, width: usize) -> Vec<Line<'static>> {
    let text = output::harmless(text.trim_end()).replace('\t', "    ");
    let text = text.into_text().unwrap_or_else(|_| Text::raw(text.clone()));
    text.lines.into_iter().flat_map(|line| fold(line, width.max(1))).collect()
}

/// Breaks a line at a width.
fn fold(line: Line<'_>, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    let mut used = 0;
    for span in line.spans {
        let mut piece = String::new();
        for c in span.content.chars() {
            let columns = c.width().unwrap_or(0);
            if used + columns > width {
                push(&mut lines, std::mem::take(&mut piece), span.style);
                lines.push(Line::default());
                used = 0;
            }
            piece.push(c);
            used += columns;
        }
        push(&mut lines, piece, span.style);
    }
    lines
}

fn push(lines: &mut [Line<'static>], piece: String, style: Style) {
    if let Some(line) = lines.last_mut().filter(|_| !piece.is_empty()) {
        line.push_span(Span::styled(piece, style));
    }
}

/// A colour, unless there are to be none.
fn colour(colour: Color) -> Style {
    if colored::control::SHOULD_COLORIZE.should_colorize() { Style::new().fg(colour) } else { Style::new() }
}

fn bold() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

#[cfg(test)]
mod tests;
