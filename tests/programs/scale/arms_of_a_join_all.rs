//! N arms of one async fn in a `join_all`, with two sleeps each.
//!
//! Source: own small program of this shape
//! Sizes: 1000 10000 20000

use std::time::Duration;

use futures::future::join_all;
use tokio::time::sleep;

async fn naps(arm: u64) {
    sleep(Duration::from_millis(arm % 50)).await;
    sleep(Duration::from_millis(arm % 70)).await;
}

async fn app() {
    let arms: u64 = std::env::var("N").unwrap().parse().unwrap();
    join_all((0..arms).map(naps)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
