//! A program sleeps for years, and ends.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

pub(crate) async fn right() {
    let year = Duration::from_secs(365 * 86_400);
    for number in 1..=2 {
        sleep(year).await;
        println!("{number} years");
    }
}
