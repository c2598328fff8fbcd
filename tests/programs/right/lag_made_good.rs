//! A subscriber that lags reads a snapshot of what it has missed, and goes on.
//!
//! Source: <https://github.com/theinterfold/interfold/issues/1648>

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::sleep,
};

async fn follow(mut rx: broadcast::Receiver<usize>, log: Arc<Mutex<Vec<usize>>>) -> Vec<usize> {
    let mut seen = Vec::new();
    loop {
        match rx.recv().await {
            Ok(number) if seen.len() == number => seen.push(number),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => seen = log.lock().unwrap().clone(),
            Err(RecvError::Closed) => return seen,
        }
        sleep(Duration::from_millis(15)).await;
    }
}

async fn app() {
    let (tx, rx) = broadcast::channel(4);
    let log = Arc::new(Mutex::new(Vec::new()));
    let follower = tokio::spawn(follow(rx, log.clone()));
    for number in 0..30 {
        log.lock().unwrap().push(number);
        tx.send(number).unwrap();
        sleep(Duration::from_millis(3)).await;
    }
    drop(tx);
    println!("{} of 30", follower.await.unwrap().len());
}

pub(crate) fn main() {
    workbook::run(app())
}
