//! Who woke whom: an arrow from the lane of one task to the lane of another.

use std::collections::HashSet;

use super::{
    scale::{BAR, LANE, Scale},
    sheet::{Sheet, number},
};
use crate::{recording::TaskId, render::lanes::Picture};

/// More arrows than these would be a thicket.
const MOST: usize = 120;

/// Draws the arrows between groups, whose first lanes begin at these heights.
pub(super) fn draw(sheet: &mut Sheet, picture: &Picture<'_>, scale: &Scale<'_>, tops: &[f64]) {
    let height = |task: TaskId| {
        let group = picture.groups.iter().position(|group| group.task == Some(task))?;
        Some(tops[group] + LANE / 2.0)
    };
    let mut drawn: HashSet<(String, usize, TaskId)> = HashSet::new();
    for (number_of, group) in picture.groups.iter().enumerate() {
        let to = tops[number_of] + LANE / 2.0;
        for (at, by) in &group.wakes {
            let x = scale.x(*at);
            let Some(from) = height(*by) else { continue };
            if drawn.len() < MOST && drawn.insert((number(x), number_of, *by)) {
                let tooltip = format!("{} woke {} at {}", name(picture, *by), group.name, picture.axis.text(*at));
                arrow(sheet, x, (from, to), &tooltip);
            }
        }
    }
}

fn name(picture: &Picture<'_>, task: TaskId) -> String {
    picture.recording.tasks[task.0].name.clone()
}

/// From the edge of one bar to the edge of another, straight up or down.
pub(super) fn arrow(sheet: &mut Sheet, x: f64, (from, to): (f64, f64), tooltip: &str) {
    let down = if to > from { 1.0 } else { -1.0 };
    let (tail, tip) = (from + down * BAR / 2.0, to - down * BAR / 2.0);
    let neck = tip - down * 6.0;
    let path = format!("M{x} {}L{x} {}", number(tail), number(neck), x = number(x));
    sheet.shape("path", format_args!("d=\"{path}\" class=\"wake\""), tooltip);
    let (left, right) = (number(x - 3.0), number(x + 3.0));
    let head = format!("M{left} {neck}L{right} {neck}L{} {}Z", number(x), number(tip), neck = number(neck));
    sheet.shape("path", format_args!("d=\"{head}\" class=\"head\""), tooltip);
}
