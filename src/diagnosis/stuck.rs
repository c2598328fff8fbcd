//! W01: every task waits and nothing can wake one.

use super::Found;
use crate::recording::{Outcome, Recording, Wait};

/// One finding for every place where a task of the program waits.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Stuck {
        return Vec::new();
    }
    let waiting: Vec<&Wait> =
        recording.waits.iter().filter(|wait| wait.end.is_none() && !wait.lines.is_empty()).collect();
    if waiting.is_empty() {
        return vec![without_waker(recording)];
    }
    waiting.into_iter().map(|wait| found(recording, wait)).collect()
}

fn found(recording: &Recording, wait: &Wait) -> Found {
    let task = &recording.tasks[wait.task.0].name;
    let message = format!("stuck: {task} waits here ({}) and nothing is left that could wake it", wait.kind);
    let (file, line) = wait.line().map(|line| (line.file.clone(), line.line)).unwrap_or_default();
    Found { message, file, line }
}

/// Something returned `Pending` and kept no waker: nobody will ever know that it could go on.
fn without_waker(recording: &Recording) -> Found {
    let last = recording.waits.iter().filter_map(|wait| Some((wait.began.step, wait.line()?)));
    let prints = recording.prints.iter().map(|print| (print.at.step, &print.line));
    let last = last.chain(prints).max_by_key(|(step, _)| *step).map(|(_, line)| line);
    let message =
        "stuck: something was awaited that kept no waker, so nothing can ever wake it; this is the last that was \
                   seen before it"
            .to_string();
    Found {
        message,
        file: last.map(|line| line.file.clone()).unwrap_or_default(),
        line: last.map_or(0, |line| line.line),
    }
}
