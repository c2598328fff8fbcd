//! A producer waits for room in a channel of one, because its consumer needs 20 ms for each value.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};

use crate::expect;

async fn consume(mut rx: mpsc::Receiver<u64>) {
    sleep(Duration::from_millis(5)).await;
    while rx.recv().await.is_some() {
        sleep(Duration::from_millis(20)).await; //~ at: digest
    }
}

async fn app() {
    // The first value has room at once, and each further one when the one before it is taken.
    for (from, to) in [(0, 5), (5, 25), (25, 45), (45, 65)] {
        expect::at("send").kind("send").made_at("channel").woken_by("task 1").ready(from, to);
    }
    for number in 0..5 {
        expect::at("digest").kind("sleep").task("task 1").ready(5 + 20 * number, 25 + 20 * number);
    }
    let (tx, rx) = mpsc::channel(1); //~ at: channel
    let consumer = tokio::spawn(consume(rx));
    for number in 0..5 {
        tx.send(number).await.unwrap(); //~ at: send
    }
    drop(tx);
    consumer.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
