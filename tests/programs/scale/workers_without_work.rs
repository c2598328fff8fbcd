//! N workers that are left when the program returns: each has done one job, and waits for the next.
//!
//! Source: own small program of this shape
//! Sizes: 1000 10000 50000

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};

async fn app() {
    let workers: u64 = std::env::var("N").unwrap().parse().unwrap();
    let mut jobs = Vec::new();
    for _ in 0..workers {
        let (job, mut next) = mpsc::channel::<Duration>(1);
        tokio::spawn(async move {
            while let Some(job) = next.recv().await {
                sleep(job).await;
            }
        });
        jobs.push(job);
    }
    for (job, millis) in jobs.iter().zip(0..) {
        job.send(Duration::from_millis(millis % 10)).await.unwrap();
    }
    sleep(Duration::from_millis(50)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
