//! The current exercise: its checks, what is to be mended first, and the picture of the run.

mod checks;

use colored::Colorize;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    widgets::{Block, Borders, Paragraph},
};
use workbook::report::Status;

use super::{WIDE, dim, folded, scrolled};
use crate::cli::{
    look::{self, Depth},
    output, source,
    watch::screen::Screen,
    workspace::Side,
};

/// The least rows of the verdict beside a hint.
const LEAST: u16 = 4;

/// Draws the exercise; returns how many lines are below what can be seen.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    let area = hint(frame, area, screen);
    let (left, picture) = beside(area, screen);
    let depth = if picture.is_some() { Depth::FirstInWords } else { Depth::First };
    if let Some((right, picture)) = picture {
        frame.render_widget(Paragraph::new(folded(&picture, usize::from(right.width))), right);
    }
    let text = words(screen, depth, usize::from(left.width), usize::from(left.height));
    scrolled(frame, left, &text, screen)
}

/// Draws the pictures of all runs.
pub(super) fn pictures(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    let text = words(screen, Depth::Pictures, usize::from(area.width), usize::MAX);
    scrolled(frame, area, &text, screen)
}

/// The part of the area that is for words, and the picture with the part beside it, if there is room and a picture.
fn beside(area: Rect, screen: &Screen) -> (Rect, Option<(Rect, String)>) {
    let first = screen.verdict().and_then(look::first).filter(|_| area.width >= WIDE);
    let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(area);
    match first.and_then(|check| look::picture_of(check, usize::from(right.width))) {
        Some(picture) => (left, Some((right, format!("\n{picture}")))),
        None => (area, None),
    }
}

/// The hint asked for, below everything else; returns the area that is left.
fn hint(frame: &mut Frame<'_>, area: Rect, screen: &Screen) -> Rect {
    let Some(hint) = &screen.hint else { return area };
    let (title, text) = hint.split_once(": ").unwrap_or(("hint", hint));
    let lines = folded(&look::indented(text, usize::from(area.width)), usize::from(area.width));
    let height = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX).min(area.height.saturating_sub(LEAST));
    let [rest, below] = Layout::vertical([Constraint::Min(0), Constraint::Length(height)]).areas(area);
    let block = Block::new().borders(Borders::TOP).title(format!("─ {title} ")).border_style(dim());
    frame.render_widget(Paragraph::new(lines).block(block), below);
    rest
}

/// What there is to read; of so many rows, those that are seen first have what matters most.
fn words(screen: &Screen, depth: Depth, columns: usize, rows: usize) -> String {
    let mut greeting = String::new();
    if screen.welcome {
        greeting = format!("{}\n\n", look::indented(&welcome(screen), columns).cyan());
    }
    let unwritten = screen.judged.as_ref().is_none_or(|judged| judged.status == Status::Unwritten);
    let story = story(screen).filter(|_| unwritten);
    let story = story.map_or(String::new(), |story| format!("\n{}\n", look::indented(&story, columns)));
    let rows = rows.saturating_sub(greeting.lines().count() + story.lines().count());
    let checks = checks::lines(screen, columns, rows);
    let mut text = greeting + &checks + &story;
    if let Some(judged) = screen.verdict() {
        text += &look::details(&screen.workspace, judged, depth, columns);
        if judged.status == Status::Passed && screen.doing.is_none() {
            text += &format!("\n{}\n", look::indented(&praise(screen), columns).green());
        }
    }
    for complaint in output::held_back() {
        text += &format!("\n{}\n", look::indented(&complaint, columns).yellow());
    }
    text
}

fn welcome(screen: &Screen) -> String {
    let file = Side::Exercise.file(&screen.exercise().name);
    format!(
        "Welcome! Open {file} in your editor, or press e.\n\
         Write what each todo!() asks for, and save: here you see at once what is right.\n\
         h gives a hint, ? shows all keys, q quits. Your progress is kept."
    )
}

/// What the exercise is about: the first paragraph of its file.
fn story(screen: &Screen) -> Option<String> {
    let source = source::text(&screen.workspace, &Side::Exercise.file(&screen.exercise().name)).ok()?;
    let lines = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let story = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    (!story.is_empty()).then_some(story)
}

fn praise(screen: &Screen) -> String {
    let more = "s shows the solution beside yours, t the pictures of all runs.";
    if screen.all_passed() {
        format!("It is right, and so is every other exercise. Press n for the summary; {more}")
    } else {
        format!("It is right. Press n for the next exercise; {more}")
    }
}
