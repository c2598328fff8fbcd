//! Two streams of futures-rs are read in the arms of a `join!`.
//!
//! Source: own small program of this shape

use std::time::Duration;

use futures::{
    SinkExt, StreamExt,
    channel::mpsc::{self, Receiver, Sender},
};
use tokio::time::sleep;

use crate::expect;

async fn sends(mut tx: Sender<u8>, millis: u64) {
    for _ in 0..3 {
        sleep(Duration::from_millis(millis)).await;
        tx.send(1).await.unwrap();
    }
}

async fn reads(mut rx: Receiver<u8>) {
    loop {
        let item = rx.next().await; //~ at: next
        if item.is_none() {
            break;
        }
    }
}

async fn app() {
    for (task, millis) in [(1, 40), (2, 70)] {
        for number in 0..3 {
            let next = expect::at("next").woken_by(format!("task {task}"));
            next.ready(millis * number, millis * (number + 1));
        }
        // The sender goes on, and is dropped, when its last value has been taken: in between the reader asks once more.
        expect::at("next").woken_by(format!("task {task}")).ready(3 * millis, 3 * millis);
    }
    let ((one, first), (two, second)) = (mpsc::channel(0), mpsc::channel(0));
    tokio::spawn(sends(one, 40));
    tokio::spawn(sends(two, 70));
    tokio::join!(reads(first), reads(second));
}

pub(crate) fn main() {
    workbook::run(app())
}
