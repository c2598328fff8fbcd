//! A lock that is not fair: the task that lets go of it takes it again before the one that waits has its turn.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let shared = Arc::new(futures::lock::Mutex::new(0));
    let theirs = shared.clone();
    let busy = tokio::spawn(async move {
        for _ in 0..20 {
            let mut rows = theirs.lock().await;
            sleep(Duration::from_millis(10)).await;
            *rows += 1;
        }
    });
    sleep(Duration::from_millis(5)).await;
    println!("{} rows", *shared.lock().await); //~ W13
    busy.await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let shared = Arc::new(tokio::sync::Mutex::new(0));
    let theirs = shared.clone();
    let busy = tokio::spawn(async move {
        for _ in 0..20 {
            let mut rows = theirs.lock().await;
            sleep(Duration::from_millis(10)).await;
            *rows += 1;
        }
    });
    sleep(Duration::from_millis(5)).await;
    println!("{} rows", *shared.lock().await);
    busy.await.unwrap();
}
