//! Every turn takes longer than the period; the intervals are told what to do about that.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};
use workbook::println;

#[workbook::awaits::tracked]
async fn turns(behavior: MissedTickBehavior, period: Duration, turn: Duration) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(behavior);
    for number in 0..10 {
        ticks.tick().await;
        println!("turn {number}");
        sleep(turn).await;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    for behavior in [MissedTickBehavior::Delay, MissedTickBehavior::Skip] {
        turns(behavior, Duration::from_millis(100), Duration::from_millis(350)).await;
        turns(behavior, Duration::from_millis(2), Duration::from_millis(3)).await;
    }
}
