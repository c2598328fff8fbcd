//! A heartbeat has no end of its own, and is aborted when the work is done.

use std::time::Duration;

use tokio::time::{interval, sleep};
use workbook::println;

pub(crate) async fn right() {
    let heart = tokio::spawn(async {
        let mut beat = interval(Duration::from_millis(800));
        loop {
            beat.tick().await;
            println!("still alive");
        }
    });
    sleep(Duration::from_secs(60)).await;
    heart.abort();
    println!("done");
}
