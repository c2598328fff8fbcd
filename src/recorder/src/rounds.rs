//! Awaits that are ready at once again and again within one poll, as a loop around a closed channel comes by. Such a loop never
//! gives its thread back, so nothing that looks between polls ever sees it.

use std::cell::RefCell;

use super::{entered::current_task, got_further, log::Log, with_log};
use crate::{
    awaits::Await,
    recording::{Moment, TaskKind},
};

/// The log is told of an await each time it was ready at once so often: rarely, because the log is locked for that.
const TOLD_EVERY: u64 = 1_000;

/// Whoever comes by less often in one poll does not go round in a loop. Tokio ends a poll that gets more than 128 things from
/// it in one go.
const OFTEN: u64 = 20;

thread_local! {
    static COUNTS: RefCell<Counts> = RefCell::default();
}

/// The await that a loop in a task's last poll went round by.
pub(super) struct LastRound {
    pub(super) at: &'static Await,
    pub(super) moment: Moment,
    /// True if that poll has never ended.
    pub(super) endless: bool,
}

/// What this thread has come by since its poll began, or since the program got further.
#[derive(Default)]
struct Counts {
    got_further: u64,
    rounds: Vec<Round>,
}

/// An await that was ready at once so many times.
#[derive(Clone, Copy)]
pub(super) struct Round {
    pub(super) at: &'static Await,
    /// How many awaits there are around it.
    depth: usize,
    times: u64,
}

/// This thread begins to poll a task.
pub(super) fn begin() {
    COUNTS.with_borrow_mut(|counts| counts.rounds.clear());
}

/// An await was ready at its first poll; there are so many awaits around it.
pub(super) fn ready_at_once(at: &'static Await, depth: usize) {
    let told = COUNTS.with_borrow_mut(|counts| {
        let known = counts.rounds.iter().position(|round| std::ptr::eq(round.at, at));
        let number = known.unwrap_or_else(|| {
            counts.rounds.push(Round { at, depth, times: 0 });
            counts.rounds.len() - 1
        });
        let round = &mut counts.rounds[number];
        round.times += 1;
        if round.times % TOLD_EVERY != 0 {
            return None;
        }
        // Who prints or spawns gets further.
        let got_further = got_further();
        if counts.got_further != got_further {
            counts.got_further = got_further;
            counts.rounds.clear();
        }
        Some(counts.rounds.clone())
    });
    if let Some(rounds) = told {
        with_log(|log| log.comes_by(rounds));
    }
}

/// This thread has polled a task. Returns the await that a loop in it went round by.
pub(super) fn end() -> Option<&'static Await> {
    COUNTS.with_borrow_mut(|counts| chosen(&std::mem::take(&mut counts.rounds)))
}

/// How often a poll that is going on has come by the same await, at most, and got no further.
pub fn most_in_one_poll() -> u64 {
    with_log(|log| log.polling.iter().flat_map(|poll| &poll.rounds).map(|round| round.times).max())
        .flatten()
        .unwrap_or(0)
}

/// The await that a loop goes round by: of those that it comes by most often the outermost, where the loop itself is.
pub(super) fn chosen(rounds: &[Round]) -> Option<&'static Await> {
    let most = rounds.iter().map(|round| round.times).max().filter(|most| *most >= OFTEN)?;
    let often = rounds.iter().filter(|round| round.times * 2 > most);
    often.min_by_key(|round| (round.depth, round.at.line, round.at.column)).map(|round| round.at)
}

impl Log {
    /// Notes what a loop went round by in a poll of this task, if one did.
    pub(super) fn leaves_rounds(&mut self, task: u32, round: Option<&'static Await>, endless: bool) {
        if let Some(at) = round {
            let moment = self.now();
            self.rounds.insert(task, LastRound { at, moment, endless });
        }
    }

    /// This thread's poll comes by these awaits over and over.
    fn comes_by(&mut self, rounds: Vec<Round>) {
        let Some(task) = current_task().filter(|task| self.tasks[*task as usize].kind != TaskKind::Blocking) else {
            return;
        };
        if let Some(poll) = self.polling.iter_mut().rfind(|poll| poll.task == task) {
            poll.rounds = rounds;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(line: u32) -> Await {
        Await { file: "a.rs", line, column: 1, code: "", thrown_away: false }
    }
    static ARM: Await = at(7);
    static WITHIN: Await = at(3);
    static ONCE: Await = at(1);

    #[test]
    fn the_outermost_await_that_a_loop_comes_by_in_each_round_is_the_one_to_name() {
        let round = |at, depth, times| Round { at, depth, times };
        let rounds = [round(&ONCE, 0, 1), round(&WITHIN, 2, 5_001), round(&ARM, 1, 5_000)];
        assert_eq!(chosen(&rounds), Some(&ARM));
        assert_eq!(chosen(&[]), None);
    }
}
