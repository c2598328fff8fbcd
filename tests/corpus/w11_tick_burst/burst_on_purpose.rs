//! A program that counts hours worked needs every tick, and says so.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut hours = interval(Duration::from_secs(3600));
    hours.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for hour in 0..8 {
        hours.tick().await;
        println!("hour {hour}");
        if hour == 2 {
            sleep(Duration::from_secs(4 * 3600)).await;
        }
    }
}
