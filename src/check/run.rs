//! One run of a learner's function, and what can be asserted of it.

use std::{fmt::Debug, rc::Rc, time::Duration};

use super::{
    About,
    runs::Subject,
    snapshot,
    verdict::{self, Failed},
};
use crate::{
    diagnosis,
    recording::{Clock, Print, Recording, Wait, duration_text},
    report::Status,
};

/// So many seconds, or parts of one.
pub fn secs(seconds: f64) -> Duration {
    // Whole microseconds, so that 0.129 s is what it says.
    Duration::from_micros((seconds * 1e6).round() as u64)
}

/// Ends the check with a message for the learner.
///
/// # Panics
/// Always; that is how a check ends.
pub fn fail(message: impl Into<String>) -> ! {
    Failed::raise(Status::Failed, message.into())
}

/// Ends the check with `idea`, a message for the learner, unless `holds`.
///
/// # Panics
/// To end the check.
pub fn expect(holds: bool, idea: &str) {
    if !holds {
        fail(idea);
    }
}

const NOTHING_WAITED: &str = "Nothing waited here, so nothing could wait at the same time. Is everything called that this function \
                              is to call, and does what it calls wait with tokio's sleep and .await?";

const TOO_FEW: &str = "Some of the waits went on at the same time, but not all of them: something holds the others back. It may be \
                       a limit, pieces that are done one after another, or a lock that is held across an await. Begin all of \
                       them before you await the first.";

const TOO_MANY: &str = "More waits went on at the same time than there should be. Is something begun twice? Or does your code sleep \
                        for a guessed time beside the work, instead of awaiting the work itself?";

/// A learner who tidies the imports may lose one that matters.
const UNSEEN_PRINTS: &str = "\n\nNothing was printed that could be seen. What std's own println! prints is not: keep \
                             `use workbook::println;` at the top.";

/// On the real clock (a runtime with several threads) this much more than expected is no fault.
const REAL_CLOCK_MARGIN: Duration = Duration::from_millis(900);

/// One run: what was returned, and what was recorded.
///
/// Whatever is asked of it makes it the run that a failure shows, until another one is asked.
pub struct Run<T> {
    about: About,
    output: T,
    recording: Rc<Recording>,
    subject: Subject,
    ordered: bool,
}

impl<T> Run<T> {
    pub(super) fn new(about: About, output: T, recording: Rc<Recording>, subject: Subject) -> Self {
        Self { about, output, recording, subject, ordered: false }
    }

    /// The same run with another output.
    pub(super) fn with<U>(self, output: U) -> Run<U> {
        let Self { about, recording, subject, ordered, .. } = self;
        Run { about, output, recording, subject, ordered }
    }

    /// What the function returned.
    pub fn output(&self) -> &T {
        self.subject.is_asked();
        &self.output
    }

    /// Everything that was seen.
    pub fn recording(&self) -> &Recording {
        self.subject.is_asked();
        &self.recording
    }

    /// From here on lines printed at the same time are compared in the order they came out in. Without it they may come
    /// in any order, since nothing says which of several tasks that are ready at once goes first.
    pub fn in_order(&mut self) -> &mut Self {
        self.ordered = true;
        self
    }

    /// The run took exactly this long.
    ///
    /// # Panics
    /// To end the check, with `idea` and both times, as every assertion does.
    pub fn takes(&self, expected: Duration, idea: &str) {
        let took = self.recording().elapsed();
        let right = match self.recording.clock {
            Clock::Virtual => took == expected,
            Clock::Real => took >= expected && took < expected + REAL_CLOCK_MARGIN,
        };
        if !right {
            fail(format!("{idea}\n\nexpected: {}\nyours:    {}", duration_text(expected), duration_text(took)));
        }
    }

    /// So many of these waits went on at the same time at the peak. `idea` says what it means that they went on one by one,
    /// or, where one at a time is expected, that they overlapped. Where they should overlap and none does, the finding
    /// [`Code::W09`](crate::diagnosis::Code::W09) shows them.
    ///
    /// # Panics
    /// To end the check, with a sentence on what happened, and both numbers.
    pub fn overlap<'a>(&self, waits: impl IntoIterator<Item = &'a Wait>, expected: usize, idea: &str) {
        let waits: Vec<&Wait> = waits.into_iter().collect();
        let peak = self.recording().peak(waits.iter().copied());
        let what = match peak {
            _ if peak == expected => return,
            0 => NOTHING_WAITED,
            _ if expected == 1 || peak == 1 => idea,
            _ if peak < expected => TOO_FEW,
            _ => TOO_MANY,
        };
        let finding = (expected > 1).then(|| diagnosis::needless_sequence(&self.recording, &waits)).flatten();
        let message = format!("{what}\n\nexpected at once: {expected}\nyours at most:    {peak}");
        Failed::explained(Status::Failed, message, finding);
    }

    /// The program printed these lines, whatever the times. Lines printed at the same time may come in any order. The
    /// ports of 127.0.0.1 are [left out](crate::recording::Line::without_ports).
    ///
    /// # Panics
    /// To end the check, with `idea` and both texts.
    pub fn says<S: AsRef<str>>(&self, expected: impl IntoIterator<Item = S>, idea: &str) {
        let expected: Vec<String> = expected.into_iter().map(|line| line.as_ref().to_string()).collect();
        let mut lines = self.recording().lines();
        for line in &mut lines {
            line.text = line.without_ports();
        }
        let time_of = |nth: usize| lines.get(nth).map_or(u64::MAX, |line| line.at.nanos);
        let mut yours: Vec<(u64, &str)> = lines.iter().map(|line| (line.at.nanos, line.text.as_str())).collect();
        let mut wanted: Vec<(u64, &str)> =
            expected.iter().enumerate().map(|(nth, text)| (time_of(nth), text.as_str())).collect();
        if !self.ordered {
            yours.sort_unstable();
            wanted.sort_unstable();
        }
        if yours != wanted {
            let printed: Vec<String> = lines.iter().map(|line| line.text.clone()).collect();
            let unseen = if printed.is_empty() && self.about.source.lacks_println() { UNSEEN_PRINTS } else { "" };
            fail(format!("{idea}{unseen}\n\n{}", snapshot::side_by_side(&expected, &printed)));
        }
    }

    /// The program called the function that `part` is a run of, so many times: what `part` printed was printed here too,
    /// by the same `println!`, and as often. A program that repeats the prints in its own code did not call it.
    ///
    /// # Panics
    /// To end the check, with `idea`.
    pub fn calls<U>(&self, part: &Run<U>, times: usize, idea: &str) {
        let count = |prints: &[Print], print: &Print| {
            prints.iter().filter(|other| other.line == print.line && other.text == print.text).count()
        };
        let (parts, own) = (&part.recording.prints, &self.recording().prints);
        expect(parts.iter().all(|print| count(own, print) == times * count(parts, print)), idea);
    }

    /// What was printed, and when, is what the solution prints: it is compared with the snapshot of this name. The ports
    /// of 127.0.0.1 are left out.
    ///
    /// # Panics
    /// To end the check, with `idea` and both transcripts.
    pub fn transcript(&self, name: &str, idea: &str) {
        let yours = self.recording().transcript(self.ordered);
        if let Err(difference) = snapshot::compare(&self.about.exercise, name, &yours) {
            fail(format!("{idea}\n\n{difference}"));
        }
    }

    /// No task the program spawned was alive when it returned.
    ///
    /// # Panics
    /// To end the check, with `idea` and the tasks that were.
    pub fn nothing_alive(&self, idea: &str) {
        let alive = self.recording().alive_at_return();
        if !alive.is_empty() {
            let names: Vec<String> =
                alive.iter().map(|task| format!("{} (spawned at {})", task.name, task.spawned_at)).collect();
            fail(format!("{idea}\n\nstill alive: {}", names.join(", ")));
        }
    }
}

impl<T> Run<Result<T, String>> {
    /// What [`Checks::attempt`](super::Checks::attempt) tried did not panic: from here on the run is that of any function.
    ///
    /// # Panics
    /// To end the check, with `idea` and what the panic said.
    pub fn without_panic(self, idea: &str) -> Run<T> {
        let Self { about, output, recording, subject, ordered } = self;
        match output {
            Ok(output) => Run { about, output, recording, subject, ordered },
            Err(text) => {
                subject.is_asked();
                fail(format!("{idea}\n\n{}", verdict::of_panic(&recording, &text)))
            }
        }
    }
}

impl<T: PartialEq + Debug> Run<T> {
    /// The function returned this.
    ///
    /// # Panics
    /// To end the check, with `idea` and both values.
    pub fn returns(&self, expected: T, idea: &str) {
        if *self.output() != expected {
            fail(format!("{idea}\n\nexpected: {expected:?}\nyours:    {:?}", self.output));
        }
    }
}
