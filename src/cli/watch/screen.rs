//! What the screen shows: functions from the state to text.

use std::fmt::Write;

use colored::Colorize;
use workbook::report::Status;

use super::Watch;
use crate::cli::{
    look::{self, Depth},
    output,
    workspace::Side,
};

/// The current exercise with its verdict, and the hint asked for.
pub(super) fn exercise(watch: &Watch, depth: Depth, columns: usize) -> String {
    let exercise = watch.exercise();
    let mut text = match (&watch.judged, &watch.doing) {
        (Some(judged), None) => look::exercise(&watch.workbook.workspace, exercise, judged, depth, columns),
        (Some(judged), Some(doing)) => {
            let old = look::exercise(&watch.workbook.workspace, exercise, judged, depth, columns);
            let rest = old.split_once('\n').map_or("", |(_, rest)| rest);
            format!("{}{rest}", look::heading(exercise, doing, columns))
        }
        (None, doing) => look::heading(exercise, doing.as_deref().unwrap_or(""), columns),
    };
    if let Some(hint) = &watch.hint {
        let _ = write!(text, "\n{}\n", look::indented(hint, columns));
    }
    for complaint in output::held_back() {
        let _ = write!(text, "\n{}\n", look::indented(&complaint, columns));
    }
    let settled = watch.judged.as_ref().filter(|_| watch.doing.is_none());
    match settled {
        Some(judged) if judged.status == Status::Passed => {
            let _ = write!(text, "\n{}\n", look::indented("It is right. Press n for the next exercise.", columns));
        }
        _ => {
            let file = Side::Exercise.file(&exercise.name);
            let _ = write!(text, "\n{}\n", look::indented(&format!("Write in {file}"), columns).dimmed());
        }
    }
    text
}

/// The line of keys at the bottom.
pub(super) fn keys(watch: &Watch, columns: usize) -> String {
    let hints = watch.exercise().hints.len();
    let given = super::progress::read(&watch.workbook.workspace).entry(&watch.exercise().name).hints;
    let hint = match (given + 1).min(hints) {
        0 => String::new(),
        next => format!("h hint {next} of {hints}  "),
    };
    let keys = format!("  {hint}t picture  b book  r run  l list  n next  p previous  q quit");
    keys.chars().take(columns).collect()
}

/// Text cut to the rows of the terminal, so that its top and the keys are always in sight.
pub(super) fn fitted(text: &str, keys: &str, columns: usize, rows: usize) -> String {
    let mut room = rows.saturating_sub(3).max(1);
    let mut shown = String::new();
    let mut lines = text.trim_end().lines().peekable();
    while let Some(line) = lines.next() {
        let height = visible_width(line).div_ceil(columns).max(1);
        let needed = if lines.peek().is_some() { height + 1 } else { height };
        if needed > room {
            shown.push_str(&"    … `check` shows the rest".dimmed());
            shown.push('\n');
            break;
        }
        room -= height;
        let _ = writeln!(shown, "{line}");
    }
    format!("{shown}\n{}", keys.dimmed())
}

/// Columns of a text without its colour codes.
fn visible_width(text: &str) -> usize {
    let mut width = 0;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\x1b' {
            chars.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            width += 1;
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_codes_have_no_width() {
        assert_eq!(visible_width("\x1b[1;31mab\x1b[0m c"), 4);
    }

    #[test]
    fn what_does_not_fit_is_cut_and_the_keys_stay() {
        colored::control::set_override(false);
        assert_eq!(fitted("a\nb\n", "keys", 80, 24), "a\nb\n\nkeys");
        assert_eq!(fitted("a\nb\nc\nd\ne", "keys", 80, 6), "a\nb\n    … `check` shows the rest\n\nkeys");
    }
}
