//! One lane of the picture: its waits, and how its task ended.

use super::{
    scale::{BAR, LANE, LETTER, MARGIN, Scale, WIDTH},
    sheet::{Sheet, number},
};
use crate::render::{
    axis::Axis,
    family::Family,
    lanes::{Bar, End, Ended, Finish, Lane, What},
};

/// A bar is never drawn narrower.
const LEAST_WIDTH: f64 = 1.5;

/// Draws the bars of a lane whose top is at `top`. Returns what lies on it, in words, if nowhere on it was there room to
/// say so.
pub(super) fn draw(
    sheet: &mut Sheet,
    lane: &Lane<'_>,
    top: f64,
    (axis, scale, id): (&Axis, &Scale<'_>, &str),
) -> Option<String> {
    let mut named = lane.bars.is_empty();
    let mut last = f64::MIN;
    for bar in &lane.bars {
        let from = scale.x(bar.from);
        let to = if bar.finish.is_never() { WIDTH - MARGIN } else { scale.x(bar.to) };
        // Of a thousand bars at one place all but the first would lie unseen under each other.
        if to - last < LEAST_WIDTH {
            continue;
        }
        last = to;
        let label = label(bar, lane.alike, to - from);
        named |= label.is_some();
        let spot = Spot { from: from + 0.5, width: (to - from - 1.0).max(LEAST_WIDTH), top: top + (LANE - BAR) / 2.0 };
        sheet.tag(format_args!("g class=\"{}{}\"", class(Family::of(bar)), blocked(bar)));
        draw_bar(sheet, bar, &spot, &tooltip(bar, lane.alike, axis), id);
        if let Some(label) = label {
            sheet.text((spot.from + 6.0, spot.top + BAR / 2.0 + 4.0), "label", &label);
        }
        sheet.tag("/g");
    }
    if named {
        return None;
    }
    // Beside the bars where there is room, else the caller writes it below them.
    let words = lane.in_words();
    let from = last + 20.0;
    if from + words.chars().count() as f64 * LETTER > WIDTH - MARGIN {
        return Some(words);
    }
    sheet.text((from, top + LANE / 2.0 + 4.0), "quiet", &words);
    None
}

/// Where a bar lies.
struct Spot {
    from: f64,
    width: f64,
    top: f64,
}

fn draw_bar(sheet: &mut Sheet, bar: &Bar<'_>, spot: &Spot, tooltip: &str, id: &str) {
    let never = if bar.finish.is_never() { " never" } else { "" };
    let (x, y, width) = (number(spot.from), number(spot.top), number(spot.width));
    let round = number((spot.width / 2.0).min(4.0));
    let place = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{BAR}\" rx=\"{round}\"");
    sheet.shape("rect", format_args!("{place} class=\"bar{never}\""), tooltip);
    if bar.what == What::Blocked {
        sheet.shape("rect", format_args!("{place} fill=\"url(#{id}-hatch)\""), tooltip);
    }
    if bar.finish == Finish::Dropped {
        // Inside, so that it is not taken for the begin of the next; a narrow bar is all cross.
        let inset = (spot.width / 2.0).min(7.0);
        cross(sheet, (spot.from + spot.width - inset, spot.top + BAR / 2.0), "cross", tooltip);
    }
}

/// Marks the end of a task on its lane.
pub(super) fn mark_end(sheet: &mut Sheet, end: End, top: f64, (axis, scale): (&Axis, &Scale<'_>)) {
    let (x, y) = (scale.x(end.at) + 9.0, top + LANE / 2.0);
    let at = axis.text(end.at);
    match end.how {
        Ended::Finished => {
            finished(sheet, (x, y), &format!("the task finished at {at}"));
        }
        Ended::Panicked => cross(sheet, (x, y), "cross alarm", &format!("the task panicked at {at}")),
        Ended::Dropped => cross(sheet, (x, y), "cross", &format!("the task was dropped at {at}")),
        Ended::Alive | Ended::Unseen => {}
    }
}

pub(super) fn finished(sheet: &mut Sheet, (x, y): (f64, f64), tooltip: &str) {
    let (x, y) = (number(x - 4.0), number(y - 4.0));
    sheet.shape("rect", format_args!("x=\"{x}\" y=\"{y}\" width=\"8\" height=\"8\" class=\"finished\""), tooltip);
}

pub(super) fn cross(sheet: &mut Sheet, (x, y): (f64, f64), class: &str, tooltip: &str) {
    let (left, right, top, bottom) = (number(x - 4.0), number(x + 4.0), number(y - 4.0), number(y + 4.0));
    let path = format!("M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}");
    sheet.shape("path", format_args!("d=\"{path}\" class=\"{class}\""), tooltip);
}

/// What is written on a bar of this width: as much as fits.
fn label(bar: &Bar<'_>, alike: usize, width: f64) -> Option<String> {
    let what = bar.what.label();
    let never = if bar.finish.is_never() { " …" } else { "" };
    let long = (alike > 1).then(|| format!("{alike} × {what}{never}"));
    let width = if bar.finish == Finish::Dropped { width - 10.0 } else { width };
    let fits = |text: &String| text.chars().count() as f64 * LETTER + 10.0 <= width;
    long.into_iter().chain([format!("{what}{never}"), what]).find(fits)
}

fn tooltip(bar: &Bar<'_>, alike: usize, axis: &Axis) -> String {
    let count = if alike > 1 { format!("{alike} × ") } else { String::new() };
    let line = bar.line.map(|line| format!(" at {line}")).unwrap_or_default();
    let (from, to) = (axis.text(bar.from), axis.text(bar.to));
    let until = match bar.finish {
        Finish::Ready => format!("to {to}"),
        Finish::Dropped => format!("to {to}, when it was dropped"),
        Finish::Open => "and was still going on at the end".to_string(),
        Finish::Stuck => "and nothing could end it".to_string(),
    };
    format!("{count}{}{line}, from {from} {until}", bar.what.label())
}

fn blocked(bar: &Bar<'_>) -> &'static str {
    if bar.what == What::Blocked { " blocked" } else { "" }
}

/// The class of a family in the style sheet.
pub(super) fn class(family: Family) -> &'static str {
    match family {
        Family::Time => "time",
        Family::Tasks => "tasks",
        Family::Shared => "shared",
        Family::Io => "io",
        Family::Other => "other",
        Family::Alarm => "alarm",
    }
}
