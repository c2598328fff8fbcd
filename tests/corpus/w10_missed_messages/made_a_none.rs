//! A function makes `None` of every error, and its callers take that for the end.

use std::time::Duration;

use tokio::{
    sync::broadcast::{self, Receiver, error::RecvError},
    time::sleep,
};
use workbook::println;

#[workbook::awaits::tracked]
async fn next_or_end(events: &mut Receiver<u32>) -> Option<u32> {
    events.recv().await.ok() //~ W10
}

#[workbook::awaits::tracked]
async fn next_that_is_there(events: &mut Receiver<u32>) -> Option<u32> {
    loop {
        match events.recv().await {
            Ok(event) => return Some(event),
            Err(RecvError::Lagged(missed)) => println!("{missed} events are lost"),
            Err(RecvError::Closed) => return None,
        }
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (tx, mut events) = broadcast::channel(2);
    for event in 0..6 {
        tx.send(event).unwrap();
    }
    drop(tx);
    while let Some(event) = next_or_end(&mut events).await {
        println!("event {event}");
        sleep(Duration::from_millis(5)).await;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, mut events) = broadcast::channel(2);
    for event in 0..6 {
        tx.send(event).unwrap();
    }
    drop(tx);
    while let Some(event) = next_that_is_there(&mut events).await {
        println!("event {event}");
        sleep(Duration::from_millis(5)).await;
    }
}
