//! Main blocks on a channel of the standard library whose sender is a task on the same thread.
//!
//! Source: own small program of this shape
//! Cause: channel | receiv

use std::sync::mpsc;

async fn app() {
    let (tx, rx) = mpsc::channel();
    let sender = tokio::spawn(async move { tx.send(1).unwrap() });
    println!("{}", rx.recv().unwrap()); //~ W02
    sender.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
