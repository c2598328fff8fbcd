//! `SinkExt::send` of a futures channel is dropped by its deadline while it waits for room: the message is lost.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/5310>

use std::time::Duration;

use futures::{SinkExt, StreamExt, channel::mpsc};
use tokio::time::{sleep, timeout};

async fn app() {
    let (mut tx, mut rx) = mpsc::channel(0);
    let receiver = tokio::spawn(async move {
        let mut received = Vec::new();
        while let Some(number) = rx.next().await {
            received.push(number);
            sleep(Duration::from_millis(50)).await;
        }
        received
    });
    for number in 0..6 {
        let sent = timeout(Duration::from_millis(20), tx.send(number)).await; //~ ?lost-value
        println!("{number} in time: {}", sent.is_ok());
    }
    drop(tx);
    println!("{:?}", receiver.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
