//! The body of a loop over a `FuturesUnordered` waits for what the futures in it would send: while it waits, nobody polls
//! them.
//!
//! Source: class of <https://github.com/rust-lang/futures-rs/issues/2387>
//! Cause: not polled | nobody polls | polls them | no longer polled | polled

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{sync::mpsc, task::yield_now, time::sleep};

async fn job(number: u32, tx: mpsc::Sender<u32>) -> u32 {
    yield_now().await;
    if number > 0 {
        sleep(Duration::from_millis(5)).await;
    }
    tx.send(number).await.unwrap();
    number
}

async fn app() {
    let (tx, mut acknowledged) = mpsc::channel(1);
    let mut jobs: FuturesUnordered<_> = (0..3).map(|number| job(number, tx.clone())).collect();
    drop(tx);
    while let Some(number) = jobs.next().await {
        for _ in 0..2 {
            let answer = acknowledged.recv().await; //~ W01
            println!("{number} {answer:?}");
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
