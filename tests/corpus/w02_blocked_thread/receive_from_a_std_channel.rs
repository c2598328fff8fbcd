//! A task waits on a channel of the standard library for another task, which therefore cannot run.

use std::sync::mpsc;
use workbook::println;

pub(crate) async fn faulty() {
    let (tx, rx) = mpsc::channel();
    tokio::spawn(async move { tx.send(7) });
    let value = rx.recv(); //~ W02
    println!("{value:?}");
}

pub(crate) async fn right() {
    let (tx, mut rx) = tokio::sync::mpsc::channel(1);
    let sender = tokio::spawn(async move { tx.send(7).await });
    let value = rx.recv().await;
    println!("{value:?}");
    sender.await.unwrap().unwrap();
}
