//! A task fills a bounded channel that it wants to empty itself, later.

use tokio::sync::mpsc::{self, Receiver, Sender};
use workbook::println;

async fn produce(tx: Sender<u32>) {
    for number in 0..3 {
        tx.send(number).await.unwrap(); //~ W01
    }
}

async fn consume(mut rx: Receiver<u32>) {
    while let Some(number) = rx.recv().await {
        println!("{number}");
    }
}

pub(crate) async fn faulty() {
    let (tx, rx) = mpsc::channel(2);
    produce(tx).await;
    consume(rx).await;
}

pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel(2);
    tokio::join!(produce(tx), consume(rx));
}
