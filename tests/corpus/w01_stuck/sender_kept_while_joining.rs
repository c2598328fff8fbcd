//! The worker goes on until the channel closes, and who holds its sender waits for the worker.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    time::sleep,
};
use workbook::println;

async fn work(mut jobs: Receiver<&'static str>) {
    while let Some(job) = jobs.recv().await {
        //~^ W01
        sleep(Duration::from_secs(1)).await;
        println!("{job} is done");
    }
}

pub(crate) async fn faulty() {
    let (tx, jobs) = mpsc::channel(8);
    let worker = tokio::spawn(work(jobs));
    tx.send("wash").await.unwrap();
    tx.send("dry").await.unwrap();
    worker.await.unwrap();
}

pub(crate) async fn right() {
    let (tx, jobs) = mpsc::channel(8);
    let worker = tokio::spawn(work(jobs));
    tx.send("wash").await.unwrap();
    tx.send("dry").await.unwrap();
    drop(tx);
    worker.await.unwrap();
}
