//! A task reads a `RwLock` for a second time while a writer is queued in between; on a runtime with several threads.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/2849>
//! Cause: read | rwlock

use std::{sync::Arc, time::Duration};

use tokio::sync::RwLock;

#[tokio::main]
async fn app() {
    let lock = Arc::new(RwLock::new(0));
    let first = lock.read().await;
    let theirs = lock.clone();
    let writer = tokio::spawn(async move { *theirs.write().await += 1 });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let second = lock.read().await; //~ W01
    println!("{first} {second}");
    drop((first, second));
    writer.await.unwrap();
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
