//! A subscriber that has missed something reads the whole state, and receives what comes from then on.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::sleep,
};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let state = Arc::new(Mutex::new(0));
    let (tx, mut rx) = broadcast::channel(2);
    let known = state.clone();
    let subscriber = tokio::spawn(async move {
        let mut latest = 0;
        loop {
            match rx.recv().await {
                Ok(value) => latest = value,
                Err(RecvError::Lagged(_)) => {
                    rx = rx.resubscribe();
                    latest = *known.lock().unwrap();
                }
                Err(RecvError::Closed) => return latest,
            }
            sleep(Duration::from_millis(25)).await;
        }
    });
    for value in 1..10 {
        *state.lock().unwrap() = value;
        tx.send(value).unwrap();
        sleep(Duration::from_millis(5)).await;
    }
    drop(tx);
    println!("the latest is {}", subscriber.await.unwrap());
}
