//! W14: a future was dropped that had a value in hand, and the value went with it.

use super::{Found, words};
use crate::recording::{InHand, Indexed, LostValue, Recording, TaskId, duration_text};

/// A finding for each arm or await that was cut off. What a stream has lost once may lead to other losses in the same place.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let mut cut: Vec<Vec<&LostValue>> = Vec::new();
    for lost in recording.lost_values.iter().filter(|lost| !lost.line.is_of_checks()) {
        match cut.iter_mut().find(|others| others[0].cut_off == lost.cut_off) {
            Some(others) => others.push(lost),
            None => cut.push(vec![lost]),
        }
    }
    cut.into_iter().map(|lost| found(recording, &lost)).collect()
}

fn found(recording: &Recording, lost: &[&LostValue]) -> Found {
    let first = lost[0];
    let tasks: Vec<TaskId> = lost.iter().map(|lost| lost.task).collect();
    let name = words::names(recording, &tasks);
    let at = duration_text(first.at.time());
    let and_more = match lost.len() {
        1 => String::new(),
        count => format!("; this happened {count} times"),
    };
    let cut_off = "this was dropped before it was done, and the value with it";
    match &first.value {
        InHand::Bytes(bytes) => {
            let (many, them) =
                if *bytes == 1 { ("a byte".to_string(), "it") } else { (format!("{bytes} bytes"), "them") };
            Found::new(
                format!("{name} dropped a read that had taken {many}, and lost {them}"),
                "A select! drops the futures of all arms but the one that is ready, and a timeout drops what it is put around. \
                 read_line(), read_exact() and read_to_string() keep what they have read so far to themselves, so it is gone \
                 when they are dropped, and the next read begins in the middle.",
                "make the future once, before the loop, and poll it by &mut until it is done; or use what keeps its bytes \
                 outside of the future: lines() and next_line(), read_until() into a buffer of your own, or a Framed stream",
            )
            .at(Some(&first.line), format!("at {at} this was dropped with {many} that it had taken{and_more}"))
            .at(Some(&first.cut_off), cut_off)
        }
        InHand::Unsent => Found::new(
            format!("{name} dropped a value that waited for room in a channel"),
            "A select! drops the futures of all arms but the one that is ready. A send() that waits for room still has its value, \
             so the value is dropped with it, and the next turn of the loop goes on with the next one.",
            "reserve() the room in the arm, because that loses nothing when it is dropped, and send the value with the permit; \
             or make the future of the send once and poll it by &mut until it is done",
        )
        .at(Some(&first.line), format!("at {at} this was dropped before there was room{and_more}")),
        InHand::Taken(taken) => Found::new(
            format!("{name} dropped a future that had taken a value, and lost it"),
            "A select! drops the futures of all arms but the one that is ready, and a timeout drops what it is put around, \
             wherever they wait. This one had taken a value out and waited for something else, so the value was lost with its \
             variables.",
            "take the value in the arm and do the rest in its handler, where nothing drops it; or make the future once, before \
             the loop, and poll it by &mut until it is done; or keep what is taken in a struct that outlives the future",
        )
        .at(Some(&first.line), format!("at {at} this was dropped, with the value in hand{and_more}"))
        .at(Some(taken), "the value was taken here")
        .at(Some(&first.cut_off), cut_off),
    }
}
