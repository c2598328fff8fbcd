//! What can be known of the outside where the system does not tell: nothing happens for a while, so nothing will.
//!
//! That is wrong for a child process or a thread that takes longer, which is why Linux has something better.

use std::time::Duration;

use tokio::runtime::RuntimeMetrics;

use super::{Outlook, Rest};
use crate::runtime::clock;

/// Real time without a poll before the clock moves while a socket is open. Loopback traffic is there at once as a rule,
/// but on a loaded machine the kernel may hand it over a moment later.
const SOCKET_GRACE: Duration = Duration::from_micros(500);
/// Real time without a poll, a deadline or a blocking call before a program is called stuck.
const STUCK_AFTER: Duration = Duration::from_millis(40);

pub(super) fn look(metrics: &RuntimeMetrics, rest: Rest) -> Outlook {
    let has_sockets = metrics.io_driver_fd_registered_count() > metrics.io_driver_fd_deregistered_count();
    let grace = match rest.something_is_due {
        true if has_sockets => SOCKET_GRACE,
        true => Duration::ZERO,
        false => STUCK_AFTER,
    };
    if is_work_going_on(metrics) || rest.quiet_for < grace { Outlook::UnderWay } else { Outlook::Closed }
}

/// True while a blocking call or a thread runs that does not itself sleep or drive a runtime.
fn is_work_going_on(metrics: &RuntimeMetrics) -> bool {
    // One blocking call is the clock's own.
    let pool = metrics.num_blocking_threads().saturating_sub(metrics.num_idle_blocking_threads() + 1);
    let at_work = pool + metrics.blocking_queue_depth() + clock::threads_at_work();
    at_work > clock::threads_at_rest()
}
