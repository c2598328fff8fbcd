//! A heartbeat beats in a `JoinSet` for as long as a function works, and goes with it.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

async fn work() -> u32 {
    let mut heart = JoinSet::new();
    heart.spawn(async {
        loop {
            sleep(Duration::from_secs(1)).await;
            println!("alive");
        }
    });
    sleep(Duration::from_millis(500)).await;
    42
}

pub(crate) async fn right() {
    println!("{}", work().await);
    sleep(Duration::from_secs(1)).await;
}
