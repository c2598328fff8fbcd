//! A lock is held while a full channel has no room, and the only receiver waits for that lock; a heartbeat goes on and on.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{
        Mutex,
        mpsc::{self, Receiver},
    },
    task::JoinHandle,
    time::sleep,
};

fn heartbeat() -> JoinHandle<()> {
    tokio::spawn(async {
        loop {
            sleep(Duration::from_secs(30)).await;
        }
    })
}

async fn add_up(total: Arc<Mutex<u32>>, mut numbers: Receiver<u32>) {
    while let Some(number) = numbers.recv().await {
        *total.lock().await += number;
    }
}

pub(crate) async fn faulty() {
    heartbeat();
    let (tx, rx) = mpsc::channel(1);
    let total = Arc::new(Mutex::new(0));
    let adder = tokio::spawn(add_up(total.clone(), rx));
    let guard = total.lock().await;
    for number in 0..4 {
        tx.send(number).await.unwrap(); //~ W01
    }
    drop((guard, tx));
    adder.await.unwrap();
}

pub(crate) async fn right() {
    let beat = heartbeat();
    let (tx, rx) = mpsc::channel(1);
    let total = Arc::new(Mutex::new(0));
    let adder = tokio::spawn(add_up(total.clone(), rx));
    for number in 0..4 {
        *total.lock().await += 1;
        tx.send(number).await.unwrap();
    }
    drop(tx);
    adder.await.unwrap();
    beat.abort();
}
