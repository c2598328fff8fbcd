//! A function makes a sleep for each deadline, and throws it away.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use workbook::println;

pub(crate) async fn faulty() {
    let start = Instant::now();
    for second in 1..=3 {
        _ = sleep_until(start + Duration::from_secs(second)); //~ W08
        println!("{second}");
    }
}

pub(crate) async fn right() {
    let start = Instant::now();
    for second in 1..=3 {
        sleep_until(start + Duration::from_secs(second)).await;
        println!("{second}");
    }
}
