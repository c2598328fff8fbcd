//! Threads that answer through tokio's oneshot, one after the other: after 20, 45, 80 and 200 ms.
//!
//! Source: own small program of this shape

use std::{thread, time::Duration};

use tokio::sync::oneshot;

async fn app() {
    for millis in [20, 45, 80, 200] {
        let (tx, rx) = oneshot::channel();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(millis));
            tx.send(millis).unwrap();
        });
        println!("{}", rx.await.unwrap());
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
