//! How long a check process is waited for. Time for which the machine was busy with something else does not count, as far as
//! the system tells: whoever waits for a processor is not stuck.

use std::time::{Duration, Instant};

use workbook::runtime::effort::Effort;

/// A process that has reported nothing for so long is ended; longer than the check process' own watchdog waits, and than the
/// four seconds that 03 may take on the real clock.
pub(super) const STALL: Duration = Duration::from_secs(7);

/// What all processes of one trial together may spend.
pub(super) const BUDGET: Duration = Duration::from_secs(12);

/// How often the system is asked: that takes longer than to look whether a process has ended.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// The patience with one process.
pub(super) struct Patience {
    process: u32,
    /// What it might spend when it was started.
    budget: Duration,
    /// What is left of that, as of the last look.
    pub(super) left: Duration,
    begun: Effort,
    /// Since it last reported anything.
    silent: Effort,
    asked: Instant,
}

impl Patience {
    /// With a process that has just been started.
    pub(super) fn with(process: u32, budget: Duration) -> Self {
        let begun = Effort::of_process(process);
        Self { process, budget, left: budget, begun, silent: begun, asked: Instant::now() }
    }

    /// The process has reported something.
    pub(super) fn heard(&mut self) {
        self.silent = Effort::of_process(self.process);
    }

    /// False once the process has spent too much.
    pub(super) fn is_there(&mut self) -> bool {
        if self.asked.elapsed() < ASK_EVERY {
            return true;
        }
        self.asked = Instant::now();
        self.left = self.budget.saturating_sub(self.begun.spent());
        self.silent.spent() < STALL && !self.left.is_zero()
    }
}
