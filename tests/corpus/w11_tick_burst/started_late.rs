//! An interval counts from when it is made, and the loop that takes its ticks begins only after a long greeting.

use std::time::Duration;

use tokio::time::{interval, sleep};
use workbook::println;

#[workbook::awaits::tracked]
async fn greeting() {
    sleep(Duration::from_secs(2)).await;
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let mut ticks = interval(Duration::from_millis(500));
    greeting().await;
    for beat in 0..6 {
        ticks.tick().await; //~ W11
        println!("beat {beat}");
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    greeting().await;
    let mut ticks = interval(Duration::from_millis(500));
    for beat in 0..6 {
        ticks.tick().await;
        println!("beat {beat}");
    }
}
