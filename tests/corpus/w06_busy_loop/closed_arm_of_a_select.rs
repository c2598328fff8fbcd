//! The senders of one arm's channel are gone, so that arm is ready at once in every round, and the ticks of the other never come.

use std::time::Duration;

use futures::{StreamExt, channel::mpsc};
use tokio::time::interval;
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (tx, mut states) = mpsc::unbounded();
    tokio::spawn(async move { tx.unbounded_send(1).unwrap() });
    let mut frames = interval(Duration::from_millis(16));
    let mut drawn = 0;
    while drawn < 10 {
        tokio::select! {
            _ = frames.tick() => drawn += 1,
            state = states.next() => { //~ W06
                if let Some(state) = state {
                    println!("state {state}");
                }
            }
        }
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, mut states) = mpsc::unbounded();
    tokio::spawn(async move { tx.unbounded_send(1).unwrap() });
    let mut frames = interval(Duration::from_millis(16));
    let mut drawn = 0;
    while drawn < 10 {
        tokio::select! {
            _ = frames.tick() => drawn += 1,
            Some(state) = states.next() => println!("state {state}"),
        }
    }
}
