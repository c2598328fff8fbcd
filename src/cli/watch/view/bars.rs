//! What stands above and below every view: where one is, and what can be typed.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::{Color, Style},
    text::{Line, Span},
    widgets::Paragraph,
};

use workbook::plain;

use super::{bold, colour, dim};
use crate::cli::{
    look,
    watch::screen::{Filter, Question, Screen, View},
    workspace::Side,
};

/// The title of the view, and the progress over all parts.
pub(super) fn head(frame: &mut Frame<'_>, area: Rect, screen: &Screen) {
    let exercise = screen.exercise();
    let title = match screen.view {
        View::List => "The exercises".into(),
        View::Help => "Keys".into(),
        View::Summary => "The whole course".into(),
        _ => format!("{}  {}", exercise.number(), exercise.title),
    };
    let right = match (&screen.doing, screen.verdict()) {
        (Some(doing), _) => doing.clone(),
        (None, Some(judged)) if matches!(screen.view, View::Exercise | View::Pictures) => {
            let right = if judged.checks.is_empty() { "" } else { " checks" };
            format!("{}{right}", look::score(judged))
        }
        _ => String::new(),
    };
    let [top, bar, rule] =
        Layout::vertical([Constraint::Length(1), Constraint::Max(1), Constraint::Max(1)]).areas(area);
    ends(frame, top, Span::styled(format!(" {title}"), bold()), &format!("{right} "));
    let count = screen.course.exercises.len();
    let passed = format!("{} of {count} passed ", screen.progress.passed(&screen.course));
    // Beside the words there may be no room for it.
    let room = usize::from(bar.width).saturating_sub(passed.len() + 2);
    let cells = progress(screen).into_iter().fold((Vec::new(), 0), |(mut cells, used), cell| {
        if used + cell.width() <= room {
            cells.push(cell.clone());
        }
        (cells, used + cell.width())
    });
    frame.render_widget(Paragraph::new(Line::from(cells.0)), bar);
    frame.render_widget(Paragraph::new(passed).style(dim()).right_aligned(), bar);
    frame.render_widget(Paragraph::new("─".repeat(rule.width.into())).style(dim()), rule);
}

/// A sign for every exercise, with a gap between parts.
pub(super) fn progress(screen: &Screen) -> Vec<Span<'static>> {
    let mut signs = vec![Span::raw(" ")];
    let mut part = None;
    for (index, exercise) in screen.course.exercises.iter().enumerate() {
        if part.replace(&exercise.part).is_some_and(|before| *before != exercise.part) {
            signs.push(Span::raw(" "));
        }
        let passed = screen.progress.has_passed(exercise);
        let sign = match (index == screen.current, passed) {
            (true, true) => "◆",
            (true, false) => "◈",
            (false, true) => "■",
            (false, false) => "□",
        };
        let style = if passed { colour(Color::Green) } else { dim() };
        signs.push(Span::styled(sign, if index == screen.current { colour(Color::Cyan).patch(bold()) } else { style }));
    }
    signs
}

/// A rule that tells how much is hidden, the lines of news, and the keys.
pub(super) fn foot(frame: &mut Frame<'_>, area: Rect, screen: &Screen, news: Vec<Line<'static>>, hidden: usize) {
    let height = u16::try_from(news.len()).unwrap_or(u16::MAX).min(area.height);
    // In a low window news have the place of the keys.
    let [rule, middle, bottom] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(height), Constraint::Max(1)]).areas(area);
    if rule.height > 0 {
        let more = match (screen.scroll, hidden) {
            (0, 0) => String::new(),
            (_, 0) => "─ the end ".into(),
            (_, 1) => "─ ↓ 1 more line ".into(),
            (_, hidden) => format!("─ ↓ {hidden} more lines "),
        };
        let rest = usize::from(rule.width).saturating_sub(more.chars().count() + 2);
        frame.render_widget(Paragraph::new(format!("{}{more}──", "─".repeat(rest))).style(dim()), rule);
    }
    frame.render_widget(Paragraph::new(news), middle);
    if bottom.height > 0 {
        frame.render_widget(Paragraph::new(keys(screen, usize::from(bottom.width))), bottom);
    }
}

/// The most lines of news; whoever has more to say says too much.
const MOST_NEWS: usize = 4;

/// The lines of news; in a low window there are none but those that matter now.
pub(super) fn news(screen: &Screen, columns: usize, low: bool) -> Vec<Line<'static>> {
    let matters = screen.question.is_some() || screen.list.typing || screen.note.is_some();
    if low && !matters {
        return Vec::new();
    }
    let (text, style) = news_of(screen);
    let lines = look::wrap(&plain::plain(&text), columns.saturating_sub(2).max(10));
    lines.into_iter().take(MOST_NEWS).map(|line| Line::styled(format!(" {line}"), style)).collect()
}

/// The question, the note, the search, or the file to write in.
fn news_of(screen: &Screen) -> (String, Style) {
    if let Some(question) = screen.question {
        let number = screen.exercise().number();
        let text = match question {
            Question::Reset => format!("Start {number} over? What you wrote is kept, and u brings it back."),
            Question::Solution => format!("{number} has not passed yet. See the solution all the same?"),
        };
        return (text, colour(Color::Yellow).patch(bold()));
    }
    if let Some(note) = &screen.note {
        return (note.clone(), colour(Color::Cyan));
    }
    let text = match screen.view {
        View::List if screen.list.typing || !screen.list.search.is_empty() => {
            let cursor = if screen.list.typing { "▏" } else { "" };
            format!("/{}{cursor}", screen.list.search)
        }
        View::List => match screen.list.filter {
            Filter::All => String::new(),
            Filter::Open => "only those that have not passed".into(),
            Filter::Done => "only those that have passed".into(),
        },
        View::Help | View::Summary | View::Program => String::new(),
        View::Solution => format!(
            "{}   {}",
            Side::Exercise.file(&screen.exercise().name),
            Side::Solution.file(&screen.exercise().name)
        ),
        View::Exercise | View::Pictures => Side::Exercise.file(&screen.exercise().name),
    };
    (text, Style::new())
}

/// Columns between two keys, and so after the last one.
const GAP: usize = 2;

/// The keys that mean something now, the most important first; those without room are left out, but for the last two.
fn keys(screen: &Screen, columns: usize) -> Line<'static> {
    let pairs = keys_of(screen);
    let width = |pairs: &[(&str, String)]| -> usize {
        pairs.iter().map(|(key, what)| key.chars().count() + what.len() + 4).sum()
    };
    let (first, last) = pairs.split_at(pairs.len().saturating_sub(2));
    let mut shown = first.len();
    while shown > 0 && columns + GAP < width(&first[..shown]) + width(last) {
        shown -= 1;
    }
    let shown = first[..shown].iter().chain(last);
    Line::from_iter(shown.flat_map(|(key, what)| {
        [Span::styled(format!(" {key}"), bold()), Span::styled(format!(" {what} "), dim()), Span::raw(" ")]
    }))
}

fn keys_of(screen: &Screen) -> Vec<(&'static str, String)> {
    let named = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        pairs.iter().map(|(key, what)| (*key, what.to_string())).collect()
    };
    if screen.question.is_some() {
        return named(&[("y", "yes"), ("n", "no")]);
    }
    match screen.view {
        View::List if screen.list.typing => {
            named(&[("letters", "search"), ("enter", "go there"), ("esc", "stop searching")])
        }
        View::List => named(&[
            ("enter", "go there"),
            ("/", "search"),
            ("o", "open"),
            ("d", "done"),
            ("a", "all"),
            ("c", "check all"),
            ("esc", "back"),
            ("q", "quit"),
        ]),
        View::Solution => named(&[("↑↓", "scroll"), ("tab", "the other file"), ("esc", "back"), ("q", "quit")]),
        View::Help | View::Summary => named(&[("esc", "back"), ("l", "list"), ("q", "quit")]),
        View::Program => Vec::new(),
        View::Exercise | View::Pictures => {
            let passed = screen.progress.has_passed(screen.exercise());
            let given = screen.progress.hints(screen.exercise());
            let hints = screen.exercise().hints.len();
            let mut pairs = Vec::new();
            if !passed && hints > 0 {
                pairs.push(("h", format!("hint {} of {hints}", given.saturating_add(1).min(hints))));
            }
            pairs.extend(named(&[("n", "next"), ("e", "edit"), ("l", "list")]));
            let picture = if screen.view == View::Pictures { "verdict" } else { "picture" };
            pairs.extend(named(&[("t", picture), ("r", "run")]));
            pairs.extend(named(if passed { &[("s", "solution")] } else { &[] }));
            pairs.extend(named(&[("p", "previous"), ("c", "check all"), ("x", "reset"), ("b", "book")]));
            pairs.extend(named(&[("?", "keys"), ("q", "quit")]));
            pairs
        }
    }
}

/// One text at the left end of a line and one at the right; the left one is cut if there is no room for both.
fn ends(frame: &mut Frame<'_>, area: Rect, left: Span<'_>, right: &str) {
    let width = right.chars().count().min(usize::from(area.width)) as u16;
    let [left_area, right_area] = Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).areas(area);
    frame.render_widget(Paragraph::new(Line::from(left)), left_area);
    frame.render_widget(Paragraph::new(right).right_aligned(), right_area);
}
