//! The senders of one arm's channel are gone, so that arm is ready at once in every round, and the ticks of the other never come.

use std::time::Duration;

use tokio::{sync::mpsc, time::interval};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (tx, mut states) = mpsc::channel(1);
    tokio::spawn(async move { tx.send(1).await.unwrap() });
    let mut frames = interval(Duration::from_millis(16));
    let mut drawn = 0;
    while drawn < 10 {
        tokio::select! {
            _ = frames.tick() => drawn += 1,
            state = states.recv() => { //~ W06
                if let Some(state) = state {
                    println!("state {state}");
                }
            }
        }
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, mut states) = mpsc::channel(1);
    tokio::spawn(async move { tx.send(1).await.unwrap() });
    let mut frames = interval(Duration::from_millis(16));
    let mut drawn = 0;
    while drawn < 10 {
        tokio::select! {
            _ = frames.tick() => drawn += 1,
            Some(state) = states.recv() => println!("state {state}"),
        }
    }
}
