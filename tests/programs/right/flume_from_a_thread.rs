//! A thread produces with flume's blocking `send`, and a task consumes with `recv_async`.
//!
//! Source: class of <https://docs.rs/flume/latest/flume/>

use std::{thread, time::Duration};

async fn app() {
    let (tx, rx) = flume::bounded(2);
    let producer = thread::spawn(move || {
        for number in 0..6 {
            thread::sleep(Duration::from_millis(12));
            tx.send(number).unwrap();
        }
    });
    let mut sum = 0;
    while let Ok(number) = rx.recv_async().await {
        sum += number;
    }
    producer.join().unwrap();
    println!("{sum}");
}

pub(crate) fn main() {
    workbook::run(app())
}
