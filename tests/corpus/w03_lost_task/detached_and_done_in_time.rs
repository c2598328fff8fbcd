//! A task is detached on purpose, and is done before the program ends.

use std::time::Duration;

use tokio::time::{sleep, timeout};
use workbook::println;

async fn write_log() {
    sleep(Duration::from_secs(2)).await;
    println!("written");
}

pub(crate) async fn right() {
    tokio::spawn(write_log());
    let late = tokio::spawn(write_log());
    println!("{}", timeout(Duration::from_secs(1), late).await.is_err());
    sleep(Duration::from_secs(1)).await;
}
