//! A loop asks a sensor once a second. One answer takes long, and the sensor is asked several times at once.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};
use workbook::println;

#[workbook::awaits::tracked]
async fn ask(number: u32) {
    println!("asks, number {number}");
    sleep(Duration::from_millis(if number == 2 { 4500 } else { 100 })).await;
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let mut seconds = interval(Duration::from_secs(1));
    for number in 1..=7 {
        seconds.tick().await; //~ W11
        ask(number).await;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut seconds = interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in 1..=7 {
        seconds.tick().await;
        ask(number).await;
    }
}
