//! A receiver waits for a value that never comes, until the last sender goes.

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel::<u32>(1);
    let other = tx.clone();
    tokio::spawn(async move {
        sleep(Duration::from_secs(5)).await;
        drop(other);
    });
    drop(tx);
    println!("{:?}", rx.recv().await);
}
