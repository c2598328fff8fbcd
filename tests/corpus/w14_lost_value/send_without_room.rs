//! A job is taken off a list and sent in an arm; a tick drops the send while it waits for room, and the job with it.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};
use workbook::println;

async fn work(mut rx: mpsc::Receiver<u32>) {
    while let Some(job) = rx.recv().await {
        sleep(Duration::from_millis(300)).await;
        println!("{job} is done");
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (tx, rx) = mpsc::channel(1);
    let working = tokio::spawn(work(rx));
    let mut jobs = (0..10).collect::<Vec<u32>>();
    let mut ticks = interval(Duration::from_millis(200));
    while let Some(job) = jobs.pop() {
        tokio::select! {
            sent = tx.send(job) => sent.unwrap(), //~ W14
            _ = ticks.tick() => {}
        }
    }
    drop(tx);
    working.await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel(1);
    let working = tokio::spawn(work(rx));
    let mut jobs = (0..10).collect::<Vec<u32>>();
    let mut ticks = interval(Duration::from_millis(200));
    while !jobs.is_empty() {
        tokio::select! {
            permit = tx.reserve() => permit.unwrap().send(jobs.pop().unwrap()),
            _ = ticks.tick() => {}
        }
    }
    drop(tx);
    working.await.unwrap();
}
