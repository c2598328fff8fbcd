//! W09: waits that do not need each other came one after another.

use super::Found;
use crate::recording::{Location, Recording, Wait, duration_text};

/// The finding, if there are several such waits and no two of them overlap.
pub(super) fn find(recording: &Recording, independent: &[&Wait]) -> Option<Found> {
    let lasting = independent.iter().copied().filter(|wait| !wait.duration(recording.ended).is_zero());
    let mut waits: Vec<&Wait> = lasting.collect();
    waits.sort_by_key(|wait| wait.began);
    if waits.len() < 2 || recording.peak(waits.iter().copied()) != 1 {
        return None;
    }
    let found = Found::new(
        format!("{} waits that do not need each other, one after another", waits.len()),
        "Each one began when the one before it had ended, so their times add up. Waits go on side by side only if they are all \
         begun before the first is awaited to its end.",
        "hand them all to one await, so that they wait together: join!, join_all, a JoinSet, or one spawn for each",
    );
    let lines: Vec<&Location> = waits.iter().filter_map(|wait| line_that_differs(wait, &waits)).collect();
    let mut distinct: Vec<&Location> = Vec::new();
    for line in lines {
        if !distinct.contains(&line) {
            distinct.push(line);
        }
    }
    Some(distinct.iter().enumerate().fold(found, |found, (nth, line)| {
        let here = waits.iter().copied().filter(|wait| line_that_differs(wait, &waits) == Some(line));
        found.at(
            Some(line),
            label(recording, &here.collect::<Vec<_>>(), nth.checked_sub(1).map(|before| distinct[before])),
        )
    }))
}

/// The outermost line of a wait that not all of them share; if they share all, as in a loop, the outermost.
fn line_that_differs<'a>(wait: &'a Wait, waits: &[&Wait]) -> Option<&'a Location> {
    let shared = |nth: usize| waits.iter().all(|other| other.lines.get(nth) == wait.lines.get(nth));
    let differs = (0..wait.lines.len()).find(|nth| !shared(*nth));
    wait.lines.get(differs.unwrap_or(0))
}

fn label(recording: &Recording, here: &[&Wait], before: Option<&Location>) -> String {
    const SHOWN: usize = 3;
    let time = |wait: &&Wait| {
        let end = wait.end.map_or(recording.ended, |end| end.at);
        format!("{} to {}", duration_text(wait.began.time()), duration_text(end.time()))
    };
    let mut text = here.iter().take(SHOWN).map(time).collect::<Vec<_>>().join(", ");
    if here.len() > SHOWN {
        text.push_str(&format!(", and {} more", here.len() - SHOWN));
    }
    match before {
        Some(line) => format!("{text}, though nothing in it needs line {}", line.line),
        None => text,
    }
}
