//! A loop of a thousand sleeps comes to its end.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use workbook::println;

pub(crate) async fn right() {
    let began = Instant::now();
    for _ in 0..1_000 {
        sleep(Duration::from_secs(60)).await;
    }
    println!("{} hours", began.elapsed().as_secs() / 3600);
}
