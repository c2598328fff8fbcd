//! Three waits that do not need each other, awaited in a row.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn count() {
    println!("One");
    sleep(Duration::from_secs(1)).await;
    println!("Two");
}

pub(crate) async fn faulty() {
    count().await; //~ W09
    count().await;
    count().await;
}

pub(crate) async fn right() {
    tokio::join!(count(), count(), count());
}
