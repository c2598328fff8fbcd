//! A poller whose work sometimes takes longer than its period; its interval delays instead of making up.
//!
//! Source: <https://github.com/oxidecomputer/omicron/pull/9429>

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};

async fn app() {
    for behavior in [MissedTickBehavior::Delay, MissedTickBehavior::Skip] {
        let mut ticks = interval(Duration::from_millis(200));
        ticks.set_missed_tick_behavior(behavior);
        for poll in 0..6 {
            ticks.tick().await;
            sleep(Duration::from_millis(if poll == 2 { 700 } else { 10 })).await;
            println!("poll {poll}");
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
