//! Workers take jobs from one `async_channel`, and end when it is closed and empty.
//!
//! Source: class of <https://docs.rs/async-channel/latest/async_channel/>

use std::time::Duration;

use tokio::time::sleep;

async fn work(jobs: async_channel::Receiver<u64>, done: async_channel::Sender<u64>) {
    while let Ok(job) = jobs.recv().await {
        sleep(Duration::from_millis(5 + job % 3)).await;
        done.send(job * 10).await.unwrap();
    }
}

async fn app() {
    let (tx, jobs) = async_channel::bounded(2);
    let (done, results) = async_channel::unbounded();
    for _ in 0..3 {
        tokio::spawn(work(jobs.clone(), done.clone()));
    }
    drop((jobs, done));
    for job in 0..12 {
        tx.send(job).await.unwrap();
    }
    tx.close();
    let mut sum = 0;
    while let Ok(result) = results.recv().await {
        sum += result;
    }
    println!("{sum}");
}

pub(crate) fn main() {
    workbook::run(app())
}
