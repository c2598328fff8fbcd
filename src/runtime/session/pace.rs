//! How a program goes on: how often the clock has moved, and how much was seen at one moment, while it got no further.

use super::Limits;
use crate::recorder;

#[derive(Default)]
pub(super) struct Pace {
    /// The time, and what the recorder had seen, when the clock last moved.
    nanos: u64,
    moved_at: u64,
    /// How often it has moved since the program got further.
    moves: u64,
    got_further: u64,
}

impl Pace {
    /// To be called in every turn of a driver. Which of the limits the program has gone past, as a sentence.
    pub(super) fn over_limit(&mut self, nanos: u64, limits: &Limits) -> Option<String> {
        let progress = recorder::progress();
        if self.got_further != recorder::got_further() {
            (self.got_further, self.moves) = (recorder::got_further(), 0);
        }
        if self.nanos != nanos {
            (self.nanos, self.moved_at, self.moves) = (nanos, progress, self.moves + 1);
        }
        let since = self.moved_at.max(self.got_further).max(recorder::woke_another());
        let nothing = "and nothing was printed, spawned or ended meanwhile";
        if self.moves > limits.moves {
            Some(format!("it was still going after its clock had moved {} times, {nothing}.", limits.moves))
        } else if progress - since > limits.spins {
            Some(format!("its tasks woke nobody but themselves for {} steps, {nothing}.", limits.spins))
        } else {
            None
        }
    }
}
