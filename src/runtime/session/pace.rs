//! How a program goes on: how often the clock has moved, and how much was seen at one moment, while it got no further.

use super::Limits;
use crate::{recorder, runtime::clock};

/// What there is to see in one turn.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    nanos: u64,
    progress: u64,
    /// What the progress was when the program last got further, and when a task last woke another.
    got_further: u64,
    woke_another: u64,
}

impl Turn {
    pub(super) fn now() -> Self {
        Self {
            nanos: clock::now_nanos(),
            progress: recorder::progress(),
            got_further: recorder::got_further(),
            woke_another: recorder::woke_another(),
        }
    }
}

#[derive(Default)]
pub(super) struct Pace {
    /// The time, and the progress, when the clock last moved.
    nanos: u64,
    moved_at: u64,
    /// How often it has moved since the program got further, and when that was.
    moves: u64,
    got_further: u64,
}

impl Pace {
    /// Which of the limits the program has gone past, as a sentence. `spins` makes sure that tasks wake nobody but themselves:
    /// a wake that comes from no task may be one of a socket.
    pub(super) fn over_limit(&mut self, turn: Turn, limits: &Limits, spins: impl FnOnce() -> bool) -> Option<String> {
        if self.got_further != turn.got_further {
            (self.got_further, self.moves) = (turn.got_further, 0);
        }
        if self.nanos != turn.nanos {
            (self.nanos, self.moved_at, self.moves) = (turn.nanos, turn.progress, self.moves + 1);
        }
        let since = self.moved_at.max(turn.got_further).max(turn.woke_another);
        let nothing = "and nothing was printed, spawned or ended meanwhile";
        if self.moves > limits.moves {
            Some(format!("it was still going after its clock had moved {} times, {nothing}.", limits.moves))
        } else if turn.progress.saturating_sub(since) > limits.spins {
            self.moved_at = turn.progress;
            spins().then(|| format!("its tasks woke nobody but themselves for {} steps, {nothing}.", limits.spins))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::yield_now;

    use super::*;
    use crate::{record, runtime::Threads};

    /// Turns in which so much is seen, and whether a limit was passed.
    fn is_over(turns: impl IntoIterator<Item = Turn>, spins: bool) -> bool {
        let mut pace = Pace::default();
        turns.into_iter().any(|turn| pace.over_limit(turn, &Limits::of_a_run(), || spins).is_some())
    }

    fn ticks(get_further: bool) -> impl Iterator<Item = Turn> {
        let got_further = move |turn| if get_further { turn } else { 0 };
        (1..300_000).map(move |turn| Turn {
            nanos: turn * 1_000_000_000,
            progress: turn,
            got_further: got_further(turn),
            woke_another: 0,
        })
    }

    #[test]
    fn a_run_that_somebody_looks_at_is_ended_when_only_its_clock_moves() {
        assert!(is_over(ticks(false), true));
        assert!(!is_over(ticks(true), true), "it prints at every tick");
    }

    #[test]
    fn a_run_that_somebody_looks_at_is_ended_when_its_tasks_wake_nobody_but_themselves() {
        let spinning = |wakes: u64| {
            let turn = move |turn| Turn { nanos: 7, progress: turn * 1000, got_further: 0, woke_another: turn * wakes };
            (1..1000).map(turn)
        };
        assert!(is_over(spinning(0), true));
        assert!(!is_over(spinning(1000), true), "values go from task to task");
        assert!(!is_over(spinning(0), false), "sockets wake them");
    }

    #[test]
    fn a_program_gets_further_when_a_task_has_its_first_turn_and_not_by_its_later_ones() {
        let run = record::future(Threads::Current, || async {
            let _task = tokio::spawn(async {
                loop {
                    yield_now().await;
                }
            });
            let mut seen = vec![recorder::got_further()];
            for _ in 0..3 {
                yield_now().await;
                seen.push(recorder::got_further());
            }
            seen
        });
        let seen = run.output.unwrap();
        assert!(seen[0] < seen[1] && seen[1] == seen[2] && seen[2] == seen[3], "{seen:?}");
    }
}
