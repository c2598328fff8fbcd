//! Tasks of a `JoinSet` on two threads, each blocking in `block_in_place` and sending what it found.
//!
//! Source: own small program of this shape

use std::{thread, time::Duration};

use tokio::{
    sync::mpsc,
    task::{JoinSet, block_in_place},
    time::sleep,
};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    let (tx, mut rx) = mpsc::channel(4);
    let mut jobs = JoinSet::new();
    for number in 0..8_u64 {
        let tx = tx.clone();
        jobs.spawn(async move {
            sleep(Duration::from_millis(10 * number)).await;
            let found = block_in_place(|| {
                thread::sleep(Duration::from_millis(120));
                number
            });
            tx.send(found).await.unwrap();
        });
    }
    drop(tx);
    let mut sum = 0;
    while let Some(number) = rx.recv().await {
        sum += number;
    }
    while let Some(ended) = jobs.join_next().await {
        ended.unwrap();
    }
    println!("{sum}");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
