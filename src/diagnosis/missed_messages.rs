//! W10: a receiver of a broadcast channel missed values, and the program never looked.

use super::{Found, words};
use crate::recording::{Indexed, Lag, Recording, TaskId, Unheeded};

/// A finding for each await that told of missed values which the program does not heed.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    let mut lines: Vec<Vec<&Lag>> = Vec::new();
    for lag in recording.lags.iter().filter(|lag| lag.unheeded.is_some() && !lag.line.is_of_checks()) {
        match lines.iter_mut().find(|lags| lags[0].line == lag.line) {
            Some(lags) => lags.push(lag),
            None => lines.push(vec![lag]),
        }
    }
    lines.into_iter().filter_map(|lags| found(recording, &lags)).collect()
}

fn found(recording: &Recording, lags: &[&Lag]) -> Option<Found> {
    let unheeded = lags[0].unheeded?;
    let tasks: Vec<TaskId> = lags.iter().filter_map(|lag| lag.task).collect();
    let who = if tasks.is_empty() { "a receiver".to_string() } else { words::names(recording, &tasks) };
    let missed: u64 = lags.iter().map(|lag| lag.missed).sum();
    let values = if missed == 1 { "a message".to_string() } else { format!("{missed} messages") };
    let and_then = match unheeded {
        Unheeded::GoesOn => "went on as if it had got them all",
        Unheeded::Leaves => "stopped receiving as if the channel were closed",
        Unheeded::Replaces => "threw away the error that says so",
    };
    let why = match unheeded {
        Unheeded::GoesOn | Unheeded::Replaces => {
            "Here the error is passed over, so nobody learns that something is missing."
        }
        Unheeded::Leaves => {
            "Here any error counts as the end; but after Lagged the channel is still open, and more would come."
        }
    };
    let found = Found::new(
        format!("{who} missed {values} of a broadcast channel, and {and_then}"),
        format!(
            "A broadcast channel keeps only as many messages as its capacity. A receiver that is slower loses the oldest, and \
             its next recv() returns Err(Lagged) with their number. {why}"
        ),
        "match the error: Closed is the end; after Lagged count or report what is missing, or read the state anew. If nothing \
         may be missed, receive faster, make the capacity greater, or use an mpsc channel, whose senders wait",
    );
    let times = if lags.len() == 1 { String::new() } else { format!(", in {} gaps", lags.len()) };
    let label = format!("this returned Err(Lagged): {values} lost{times}");
    Some(found.at(Some(&lags[0].line), label).spawned(recording, &tasks))
}
