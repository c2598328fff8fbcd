//! Workers share the receiver of an `async_channel`; main keeps the sender and waits for the workers.
//!
//! Source: own small program of this shape
//! Cause: channel

use async_channel::{Receiver, bounded};

async fn work(jobs: Receiver<u32>) -> u32 {
    let mut sum = 0;
    while let Ok(job) = jobs.recv().await {
        //~^ W01
        sum += job;
    }
    sum
}

async fn app() {
    let (tx, rx) = bounded(2);
    let workers: Vec<_> = (0..2).map(|_| tokio::spawn(work(rx.clone()))).collect();
    for job in 0..10 {
        tx.send(job).await.unwrap();
    }
    for worker in workers {
        println!("{}", worker.await.unwrap());
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
