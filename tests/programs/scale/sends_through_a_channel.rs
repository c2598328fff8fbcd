//! N values through one bounded channel, from one task to another.
//!
//! Source: own small program of this shape
//! Sizes: 1000 30000 1000000

use tokio::sync::mpsc;

async fn app() {
    let count: u64 = std::env::var("N").unwrap().parse().unwrap();
    let (tx, mut rx) = mpsc::channel(64);
    let sender = tokio::spawn(async move {
        for number in 0..count {
            tx.send(number).await.unwrap();
        }
    });
    let mut sum = 0;
    while let Some(number) = rx.recv().await {
        sum += number;
    }
    sender.await.unwrap();
    assert_eq!(sum, count * (count - 1) / 2);
}

pub(crate) fn main() {
    workbook::run(app())
}
