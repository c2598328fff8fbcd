//! A forwarder passes over `Lagged` with `continue`: whoever reads behind it never learns that messages are missing.
//!
//! Source: <https://github.com/marmot-protocol/mdk/issues/606>
//! Cause: missed | lost

use std::time::Duration;

use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc,
    },
    time::sleep,
};

async fn forward(mut events: broadcast::Receiver<u32>, updates: mpsc::Sender<u32>) {
    loop {
        match events.recv().await {
            //~^ W10
            Ok(event) => updates.send(event).await.unwrap(),
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => break,
        }
    }
}

async fn app() {
    let (tx, events) = broadcast::channel(4);
    let (updates, mut rx) = mpsc::channel(1);
    tokio::spawn(forward(events, updates));
    let consumer = tokio::spawn(async move {
        let mut last = 0;
        while let Some(event) = rx.recv().await {
            sleep(Duration::from_millis(20)).await;
            last = event;
        }
        last
    });
    for event in 0..60 {
        let _ = tx.send(event);
        sleep(Duration::from_millis(3)).await;
    }
    drop(tx);
    println!("the last event was {}", consumer.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
