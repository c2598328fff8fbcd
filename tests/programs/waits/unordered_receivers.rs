//! A `FuturesUnordered` of ten receivers of one async block, with two receives each.
//!
//! Source: own small program of this shape

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use crate::expect::{self, due};

const ARMS: u64 = 10;

async fn sends(tx: mpsc::Sender<u8>, arm: u64, start: Instant) {
    for number in 0..2 {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        tx.send(1).await.unwrap();
    }
    sleep_until(start + Duration::from_secs(60)).await;
}

async fn app() {
    for arm in 0..ARMS {
        let receive = |place| expect::at(place).kind("recv").made_at("channel").woken_by(format!("task {}", arm + 1));
        receive("first").ready(0, due(arm, 0));
        receive("second").ready(due(arm, 0), due(arm, 1));
    }
    let start = Instant::now();
    let mut all = FuturesUnordered::new();
    for arm in 0..ARMS {
        let (tx, mut rx) = mpsc::channel(1); //~ at: channel
        all.push(async move {
            rx.recv().await.unwrap(); //~ at: first
            rx.recv().await.unwrap(); //~ at: second
            arm
        });
        tokio::spawn(sends(tx, arm, start));
    }
    while let Some(_) = all.next().await {}
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
