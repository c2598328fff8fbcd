//! A connection pings once a second from an interval in its select!; a slow message holds the loop up, and the missed pings
//! go out all at once.
//!
//! Source: <https://github.com/nats-io/nats.rs/issues/875>
//! Cause: makes up for | missed

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{Instant, interval, sleep},
};

async fn connection(mut messages: mpsc::Receiver<u64>) {
    let began = Instant::now();
    let mut pings = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            message = messages.recv() => match message {
                Some(seconds) => sleep(Duration::from_secs(seconds)).await,
                None => break,
            },
            _ = pings.tick() => println!("ping after {:?}", began.elapsed()), //~ W11
        }
    }
}

async fn app() {
    let (tx, rx) = mpsc::channel(1);
    let connection = tokio::spawn(connection(rx));
    sleep(Duration::from_millis(1500)).await;
    tx.send(6).await.unwrap();
    sleep(Duration::from_secs(10)).await;
    drop(tx);
    connection.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
