//! What the recorder tells the clock.

use super::{adopt, sleepers};
use crate::recorder::{Timekeeper, Timer};

/// The session's clock, as the recorder knows it.
pub(crate) struct Told;

impl Timekeeper for Told {
    fn now_nanos(&self) -> u64 {
        super::now_nanos()
    }

    fn is_of_program(&self) -> bool {
        adopt::is_home() || sleepers::is_counted()
    }

    fn runtime_entered(&self, ours: bool) {
        adopt::adopt_current_runtime(ours);
    }

    fn closure_begins(&self) {
        sleepers::let_poll_end();
    }

    fn poll_begins(&self, on_blocking_pool: bool) {
        sleepers::poll_begins(on_blocking_pool);
    }

    fn poll_ends(&self, on_blocking_pool: bool) {
        sleepers::poll_ends(on_blocking_pool);
    }

    fn block_on_waits(&self, task: u32, waits: bool) {
        sleepers::block_on_waits(task, waits);
    }

    fn timer_set(&self, before: Option<Timer>, ticks: u64) -> Option<Timer> {
        super::timer_set(before, ticks)
    }

    fn timer_gone(&self, timer: Timer) {
        super::timer_gone(timer);
    }
}
