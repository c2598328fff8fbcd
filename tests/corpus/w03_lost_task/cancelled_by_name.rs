//! A `JoinSet` of background work is dropped by name when it is not needed any more.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

async fn fetch_ahead(page: u32) {
    sleep(Duration::from_secs(1)).await;
    println!("page {page} is here");
}

pub(crate) async fn right() {
    let mut ahead = JoinSet::new();
    for page in 2..=4 {
        ahead.spawn(fetch_ahead(page));
    }
    sleep(Duration::from_millis(10)).await;
    drop(ahead);
    println!("one page was enough");
}
