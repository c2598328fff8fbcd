//! The main function returns when all jobs are in the channel, not when they are done.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    time::sleep,
};
use workbook::println;

async fn work(mut jobs: Receiver<u32>) {
    while let Some(job) = jobs.recv().await {
        sleep(Duration::from_secs(1)).await;
        println!("job {job} is done");
    }
}

pub(crate) async fn faulty() {
    let (tx, jobs) = mpsc::channel(4);
    tokio::spawn(work(jobs)); //~ W03
    for job in 1..=3 {
        tx.send(job).await.unwrap();
    }
}

pub(crate) async fn right() {
    let (tx, jobs) = mpsc::channel(4);
    tokio::spawn(work(jobs));
    for job in 1..=3 {
        tx.send(job).await.unwrap();
    }
    sleep(Duration::from_secs(4)).await;
}
