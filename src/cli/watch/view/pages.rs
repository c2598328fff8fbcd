//! The list of exercises, the keys, and the end of the course.

use std::{fmt::Write, time::Duration};

use colored::Colorize;
use ratatui::{Frame, layout::Rect};

use super::scrolled;
use crate::cli::{look, watch::screen::Screen};

/// All keys, with what they do.
const KEYS: [(&str, &str); 17] = [
    ("n", "the next exercise; after one that has passed, the next that has not"),
    ("p", "the exercise before"),
    ("l", "the list: / searches, o and d show open and done ones, enter goes there"),
    ("h", "a hint; each further one goes a step further"),
    ("e", "open the file in your editor ($VISUAL or $EDITOR) at the line to look at"),
    ("enter", "check again; saving does it by itself"),
    ("t", "the pictures of all runs: what the runtime did"),
    ("r", "run the program for real"),
    ("s", "the solution beside your own"),
    ("c", "check all exercises"),
    ("x", "reset: start the exercise over; what you wrote is kept"),
    ("u", "undo the reset"),
    ("b", "open the chapter of the book"),
    ("↑ ↓", "scroll, also j and k, page up and down, home and end"),
    ("esc", "back to the exercise"),
    ("?", "these keys"),
    ("q", "quit; also Ctrl-C"),
];

/// Draws the keys; returns how many lines are below what can be seen.
pub(super) fn help(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    const INDENT: usize = 9;
    let room = usize::from(area.width).saturating_sub(INDENT);
    let mut text = String::new();
    for (key, what) in KEYS {
        for (nth, line) in look::wrap(what, room.max(10)).iter().enumerate() {
            let key = if nth == 0 { key } else { "" };
            let _ = writeln!(text, "  {:6} {line}", key.bold());
        }
    }
    scrolled(frame, area, &text, screen)
}

/// Draws the list; returns how many lines are below what can be seen.
pub(super) fn list(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    let (mut text, mut part, mut at) = (String::new(), "", 0);
    let listed = screen.listed();
    for &index in &listed {
        let exercise = &screen.course.exercises[index];
        if exercise.part != part {
            part = &exercise.part;
            let _ = writeln!(text, "{} {}", if text.is_empty() { "" } else { "\n" }, part.bold());
        }
        let selected = index == screen.list.selected;
        if selected {
            at = text.lines().count();
        }
        let arrow = if selected { "→" } else { " " };
        let name = format!("{}  {}", exercise.number(), exercise.title);
        let name = if selected { name.reversed().to_string() } else { name };
        let hints = match screen.progress.hints(exercise) {
            0 => String::new(),
            1 => "   1 hint".into(),
            hints => format!("   {hints} hints"),
        };
        let mark = look::mark(screen.progress.status(exercise));
        let _ = writeln!(text, " {arrow} {mark} {name}{}", hints.dimmed());
    }
    if listed.is_empty() {
        text = "\n  No exercise is like that. Esc shows them all.\n".into();
    }
    // The arrow is kept in sight, with its surroundings if there is room.
    let rows = usize::from(area.height);
    screen.scroll = at.saturating_sub(rows / 2);
    scrolled(frame, area, &text, screen)
}

/// Draws the end of the course; returns how many lines are below what can be seen.
pub(super) fn summary(frame: &mut Frame<'_>, area: Rect, screen: &mut Screen) -> usize {
    let text = ending(screen, usize::from(area.width));
    scrolled(frame, area, &text, screen)
}

fn ending(screen: &Screen, columns: usize) -> String {
    let (course, progress) = (&screen.course, &screen.progress);
    let (passed, count) = (progress.passed(course), course.exercises.len());
    let mut text = String::from("\n");
    let headline = if passed == count {
        format!("  You have written all {count} exercises of the async Rust workbook.")
    } else {
        format!("  You have written {passed} of {count} exercises.")
    };
    let _ = writeln!(text, "{}\n", headline.bold().green());
    let mut parts: Vec<&str> = course.exercises.iter().map(|exercise| exercise.part.as_str()).collect();
    parts.dedup();
    let widest = parts.iter().map(|part| part.chars().count()).max().unwrap_or(0);
    for part in parts {
        let of_part = course.exercises.iter().filter(|exercise| exercise.part == part);
        let signs: String = of_part.map(|exercise| if progress.has_passed(exercise) { "■" } else { "□" }).collect();
        let _ = writeln!(text, "    {part:widest$}   {}", signs.green());
    }
    let (verdicts, hints) = progress.entries(course).fold((0_usize, 0_usize), |(verdicts, hints), entry| {
        (verdicts.saturating_add(entry.verdicts), hints.saturating_add(entry.hints))
    });
    let _ = write!(text, "\n    {} judged, {} taken", counted(verdicts, "save"), counted(hints, "hint"));
    let last = progress.entries(course).filter_map(|entry| entry.passed).max();
    if let (Some(began), Some(last)) = (progress.began, last)
        && let Ok(took) = last.duration_since(began)
    {
        let _ = write!(text, ", {} from the first to the last", span(took));
    }
    let on = "Where to go on: look at the solutions beside your own (s), and at the last exercise, which is a program of \
              use: make something of your own with it.";
    text + ".\n\n" + &look::indented(on, columns) + "\n"
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A time in words that are as coarse as it is long.
fn span(time: Duration) -> String {
    let minutes = usize::try_from(time.as_secs() / 60).unwrap_or(usize::MAX);
    match minutes {
        0..90 => counted(minutes.max(1), "minute"),
        90..2880 => counted(minutes.div_ceil(60), "hour"),
        _ => counted(minutes.div_ceil(1440), "day"),
    }
}
