//! How a check ends: the words for each ending, and how they get to the learner.

use std::{any::Any, panic};

use super::About;
pub(super) use crate::recorder::text_of;
use crate::{
    diagnosis, recorder,
    recording::{Doing, Moment, Outcome, Recording},
    report::{Finding, Status, Verdict},
};

/// What an assertion of a check raises.
pub(super) struct Failed {
    pub(super) status: Status,
    pub(super) message: String,
    /// What explains it, beside what the run alone tells.
    pub(super) finding: Option<Finding>,
    /// When, in a run that is still going on.
    pub(super) at: Option<Moment>,
}

impl Failed {
    pub(super) fn raise(status: Status, message: String) -> ! {
        Self::explained(status, message, None)
    }

    /// The same, explained by a finding if there is one.
    pub(super) fn explained(status: Status, message: String, finding: Option<Finding>) -> ! {
        // Not a panic of the program, though it unwinds like one: no hook hears of it.
        panic::resume_unwind(Box::new(Self { status, message, finding, at: recorder::now() }))
    }

    /// Any other panic is one of the check itself, an `unwrap` on a learner's result for instance.
    pub(super) fn from_payload(payload: Box<dyn Any + Send>) -> Self {
        match payload.downcast::<Self>() {
            Ok(failed) => *failed,
            Err(other) => Self { status: Status::Failed, message: text_of(&*other), finding: None, at: None },
        }
    }
}

/// A message is read by a person, even if it quotes a program that printed megabytes.
const WIDEST_LINE: usize = 1000;
const MOST_LINES: usize = 100;

/// The message without what nobody would read.
pub(super) fn shortened(message: &str) -> String {
    let clipped = |line: &str| match line.char_indices().nth(WIDEST_LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_string(),
    };
    let mut lines: Vec<String> = message.lines().take(MOST_LINES).map(clipped).collect();
    let left_out = message.lines().count() - lines.len();
    if left_out > 0 {
        lines.push(format!("… and {left_out} more lines"));
    }
    lines.join("\n")
}

/// Prints a message and ends the test as failed.
pub(super) fn say(name: &str, message: &str) -> ! {
    print(name, message);
    // The harness needs a panic; it has nothing to add to what was said.
    panic::resume_unwind(Box::new(()))
}

pub(super) fn print(name: &str, message: &str) {
    std::println!("✗ {name}\n");
    for line in message.lines() {
        std::println!("    {line}");
    }
}

/// What a `todo!()` that was reached says, without the words the standard library puts before it.
pub(super) fn unwritten(recording: &Recording) -> Option<String> {
    let todo = recording.panics.iter().find(|panic| panic.message.starts_with("not yet implemented"))?;
    let text = todo.message.trim_start_matches("not yet implemented").trim_start_matches(": ");
    let place = &todo.line;
    Some(if text.is_empty() { format!("not written yet ({place})") } else { format!("{text} ({place})") })
}

pub(super) fn of_panic(recording: &Recording, text: &str) -> String {
    match recording.panics.iter().rev().find(|panic| panic.message == text) {
        Some(panic) => format!("Your code panicked at {}:\n{text}", panic.line),
        None => format!("Your code panicked:\n{text}"),
    }
}

pub(super) fn of_outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Stuck => {
            "Your code is stuck: every task waits, and nothing is left that could wake one of them.".to_string()
        }
        Outcome::Deadlocked => {
            "Your code is stuck: some of its tasks wait for locks that only they could give back.".to_string()
        }
        Outcome::AtRest => "Your code had to be ended: nothing happened in it for long.".to_string(),
        Outcome::Runaway(why) | Outcome::Held(why) => format!("Your code had to be ended: {why}"),
        Outcome::Returned | Outcome::Panicked | Outcome::Judged | Outcome::Interrupted => {
            "Your code has ended.".to_string()
        }
    }
}

/// The verdict on a program that had to be ended with the process.
pub(super) fn of_abandoned(about: &About, recording: Recording) -> Verdict {
    let findings: Vec<Finding> = diagnosis::all(&recording).into_iter().map(|(_, finding)| finding).collect();
    // A thread that is blocked was ended because that is wrong, not because it took long: the finding says it all.
    let blocked = recording.stalls.iter().any(|stall| stall.ended.is_none() && stall.doing != Doing::Working);
    let (status, message) = match findings.first() {
        Some(finding) if blocked => (Status::Failed, finding.message.clone()),
        _ if matches!(recording.outcome, Outcome::Stuck | Outcome::Deadlocked) => {
            (Status::Failed, of_outcome(&recording.outcome))
        }
        _ => (Status::Timeout, of_outcome(&recording.outcome)),
    };
    let recording = Some(recording).filter(|recording| recording.polls.len() <= super::MOST_POLLS_REPORTED);
    Verdict { findings, recording, ..about.verdict(status, Some(message)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_megabytes_is_shortened() {
        assert_eq!(shortened("as it is\n\n  kept"), "as it is\n\n  kept");
        assert_eq!(shortened(&"ä".repeat(3_000_000)), "ä".repeat(WIDEST_LINE) + "…");
        let flood = shortened(&"line\n".repeat(20_000));
        assert_eq!(flood.lines().count(), MOST_LINES + 1);
        assert!(flood.ends_with("… and 19900 more lines"), "{flood}");
    }
}
