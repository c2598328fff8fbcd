//! `join_all` over six receivers of flume, with three receives each.
//!
//! Source: own small program of this shape

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep_until};

use crate::expect::{self, due};

const ARMS: u64 = 6;

async fn receives(rx: flume::Receiver<u8>) {
    for _ in 0..3 {
        rx.recv_async().await.unwrap(); //~ at: receive
    }
}

async fn sends(tx: flume::Sender<u8>, arm: u64, start: Instant) {
    for number in 0..3 {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        tx.send_async(1).await.unwrap();
    }
    sleep_until(start + Duration::from_secs(60)).await;
}

async fn app() {
    for arm in 0..ARMS {
        let receive = || expect::at("receive").woken_by(format!("task {}", arm + 1));
        receive().ready(0, due(arm, 0));
        receive().ready(due(arm, 0), due(arm, 1));
        receive().ready(due(arm, 1), due(arm, 2));
    }
    let start = Instant::now();
    let mut all = Vec::new();
    for arm in 0..ARMS {
        let (tx, rx) = flume::bounded(1);
        all.push(receives(rx));
        tokio::spawn(sends(tx, arm, start));
    }
    join_all(all).await;
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
