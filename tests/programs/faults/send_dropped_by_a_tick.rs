//! The next job is taken off a list and sent in an arm of a select!; a tick drops the send while it waits for room, and the
//! job with it.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.Sender.html#cancel-safety>
//! Cause: room in a channel

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};

async fn app() {
    let (tx, mut rx) = mpsc::channel(1);
    let worker = tokio::spawn(async move {
        let mut done = 0;
        while rx.recv().await.is_some() {
            sleep(Duration::from_millis(30)).await;
            done += 1;
        }
        done
    });
    let mut jobs = (0..10).collect::<Vec<u32>>();
    let mut ticks = interval(Duration::from_millis(20));
    while let Some(job) = jobs.pop() {
        tokio::select! {
            sent = tx.send(job) => sent.unwrap(), //~ W14
            _ = ticks.tick() => {}
        }
    }
    drop(tx);
    println!("{} of 10 are done", worker.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
