//! An arm of a `select!` asks for a permit, and each tick of the other arm throws its place in the queue away.

use std::{pin::pin, sync::Arc, time::Duration};

use tokio::{
    sync::Semaphore,
    time::{interval, sleep},
};
use workbook::println;

#[workbook::awaits::tracked]
async fn download(line: Arc<Semaphore>) {
    for _part in 0..8 {
        let _permit = line.acquire().await.unwrap();
        sleep(Duration::from_millis(40)).await;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let line = Arc::new(Semaphore::new(1));
    let downloads = [tokio::spawn(download(line.clone())), tokio::spawn(download(line.clone()))];
    sleep(Duration::from_millis(5)).await;
    let mut ticks = interval(Duration::from_millis(15));
    loop {
        tokio::select! {
            permit = line.acquire() => break drop(permit), //~ W13
            _ = ticks.tick() => println!("waits for the line"),
        }
    }
    for download in downloads {
        download.await.unwrap();
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let line = Arc::new(Semaphore::new(1));
    let downloads = [tokio::spawn(download(line.clone())), tokio::spawn(download(line.clone()))];
    sleep(Duration::from_millis(5)).await;
    let mut ticks = interval(Duration::from_millis(15));
    let mut permit = pin!(line.acquire());
    loop {
        tokio::select! {
            permit = &mut permit => break drop(permit),
            _ = ticks.tick() => println!("waits for the line"),
        }
    }
    for download in downloads {
        download.await.unwrap();
    }
}
