//! One turn is a little late, and the interval is back on time with the next tick but one.

use std::time::Duration;

use tokio::time::{interval, sleep};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut seconds = interval(Duration::from_secs(1));
    for number in 0..6 {
        seconds.tick().await;
        println!("turn {number}");
        sleep(Duration::from_millis(if number == 2 { 2300 } else { 100 })).await;
    }
}
