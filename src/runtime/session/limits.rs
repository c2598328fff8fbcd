//! How far a program may go.

use std::time::Duration;

/// How far a program may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Virtual time.
    pub(crate) time: Duration,
    /// Things the recorder sees.
    pub(crate) steps: u64,
    /// Real time on the virtual clock.
    pub(crate) real: Duration,
    /// Real time in which nothing at all is seen.
    pub(crate) silence: Duration,
    /// Real time for which a task may block its thread on the virtual clock.
    pub(crate) blocked: Duration,
    /// Prints.
    pub(crate) prints: u64,
    /// How often the clock may move while the program gets no further: nothing is printed, spawned or ended.
    pub(crate) moves: u64,
    /// Things the recorder sees at one moment while the program gets no further and no task wakes another.
    pub(crate) spins: u64,
    /// How often one poll may come by the same await, ready at once each time, before it is asked how long that goes on.
    pub(crate) rounds: u64,
    /// True if somebody looks at the run, who may send it a signal or call its server.
    pub(crate) attended: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10 * 365 * 86_400),
            steps: 200_000,
            // Far more than what is right needs, on a slow machine too: what goes on without an end comes to the limit of
            // steps long before.
            real: Duration::from_secs(6),
            silence: Duration::from_secs(2),
            blocked: Duration::from_secs(2),
            prints: 20_000,
            moves: u64::MAX,
            spins: u64::MAX,
            rounds: 20_000,
            attended: false,
        }
    }
}

impl Limits {
    /// The same with less patience.
    pub(crate) fn in_a_hurry(self) -> Self {
        let soon = Duration::from_millis(500);
        Self { real: soon, silence: soon, ..self }
    }

    /// For a program that somebody runs and looks at, who can end it by hand. How long it takes does not matter, nor how
    /// much it does, as long as it gets further.
    pub(crate) fn of_a_run() -> Self {
        let never = Duration::from_secs(u64::MAX / 1000);
        Self {
            steps: 20_000_000,
            moves: 30_000,
            spins: 200_000,
            rounds: 200_000,
            real: never,
            silence: Duration::from_secs(600),
            blocked: never,
            prints: u64::MAX,
            attended: true,
            ..Self::default()
        }
    }

    /// For a program on the virtual clock that nobody looks at: time costs nothing there, so what has not ended soon never
    /// will, and a recording of more is more than anybody reads.
    pub(crate) fn unattended() -> Self {
        let (real, silence) = (Duration::from_secs(60), Duration::from_secs(5));
        Self { steps: 2_000_000, moves: 20_000, spins: 200_000, real, silence, ..Self::default() }
    }

    /// For a program that is known to end, however big it is.
    pub(crate) fn none() -> Self {
        let no = u64::MAX;
        Self { time: Duration::MAX, steps: no, moves: no, spins: no, rounds: no, attended: false, ..Self::of_a_run() }
    }
}
