//! Main sends five values, 10 ms apart, to a consumer on the blocking pool.
//!
//! Source: <https://docs.rs/tokio/latest/tokio/sync/mpsc/struct.Receiver.html#method.blocking_recv>

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};

async fn app() {
    let (tx, mut rx) = mpsc::channel(1);
    let consumer = tokio::task::spawn_blocking(move || {
        let mut sum = 0;
        while let Some(number) = rx.blocking_recv() {
            sum += number;
        }
        sum
    });
    for number in 0..5 {
        tx.send(number).await.unwrap();
        sleep(Duration::from_millis(10)).await;
    }
    drop(tx);
    println!("{}", consumer.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
