//! A `FuturesUnordered` of ten receivers of `async_channel`, with two receives each.
//!
//! Source: own small program of this shape

use std::time::Duration;

use async_channel::{Receiver, Sender, bounded};
use futures::{StreamExt, stream::FuturesUnordered};
use tokio::time::{Instant, sleep_until};

use crate::expect::{self, due};

const ARMS: u64 = 10;

async fn receives(rx: Receiver<u8>) {
    for _ in 0..2 {
        rx.recv().await.unwrap(); //~ at: receive
    }
}

async fn sends(tx: Sender<u8>, arm: u64, start: Instant) {
    for number in 0..2 {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        tx.send(1).await.unwrap();
    }
    sleep_until(start + Duration::from_secs(60)).await;
}

async fn app() {
    for arm in 0..ARMS {
        let receive = || expect::at("receive").woken_by(format!("task {}", arm + 1));
        receive().ready(0, due(arm, 0));
        receive().ready(due(arm, 0), due(arm, 1));
    }
    let start = Instant::now();
    let mut all = FuturesUnordered::new();
    for arm in 0..ARMS {
        let (tx, rx) = bounded(1);
        all.push(receives(rx));
        tokio::spawn(sends(tx, arm, start));
    }
    while let Some(()) = all.next().await {}
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
