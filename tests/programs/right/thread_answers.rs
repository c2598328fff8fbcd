//! A thread answers through tokio's oneshot after 150 ms.
//!
//! Source: own small program of this shape

use std::{thread, time::Duration};

use tokio::sync::oneshot;

async fn app() {
    let (tx, rx) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(150));
        tx.send(42).unwrap();
    });
    println!("{}", rx.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
