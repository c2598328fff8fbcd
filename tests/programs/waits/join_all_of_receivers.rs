//! `join_all` over ten receivers of one async fn, each with a channel of its own and two receives.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use crate::expect::{self, due};

const ARMS: u64 = 10;

async fn receives(mut rx: mpsc::Receiver<u8>) {
    for _ in 0..2 {
        rx.recv().await.unwrap(); //~ at: receive
    }
}

async fn sends(tx: mpsc::Sender<u8>, arm: u64, start: Instant) {
    for number in 0..2 {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        tx.send(1).await.unwrap();
    }
    sleep_until(start + Duration::from_secs(60)).await;
}

async fn app() {
    for arm in 0..ARMS {
        let receive = || expect::at("receive").kind("recv").made_at("channel").woken_by(format!("task {}", arm + 1));
        receive().ready(0, due(arm, 0));
        receive().ready(due(arm, 0), due(arm, 1));
    }
    let start = Instant::now();
    let mut receivers = Vec::new();
    for arm in 0..ARMS {
        let (tx, rx) = mpsc::channel(1); //~ at: channel
        receivers.push(receives(rx));
        tokio::spawn(sends(tx, arm, start));
    }
    futures::future::join_all(receivers).await;
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
