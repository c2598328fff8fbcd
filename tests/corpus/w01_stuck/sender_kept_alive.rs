//! Each worker has a sender of its own, and the first one is still there when all workers are done.

use tokio::sync::mpsc;
use workbook::println;

pub(crate) async fn faulty() {
    let (tx, mut rx) = mpsc::channel(8);
    for worker in 0..3 {
        let tx = tx.clone();
        tokio::spawn(async move { tx.send(worker * 10).await });
    }
    while let Some(result) = rx.recv().await {
        //~^ W01
        println!("{result}");
    }
}

pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel(8);
    for worker in 0..3 {
        let tx = tx.clone();
        tokio::spawn(async move { tx.send(worker * 10).await });
    }
    drop(tx);
    while let Some(result) = rx.recv().await {
        println!("{result}");
    }
}
