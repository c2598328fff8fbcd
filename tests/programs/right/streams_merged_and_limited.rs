//! Two streams of tokio-stream are merged, cut into chunks, and each chunk has a deadline.
//!
//! Source: class of <https://docs.rs/tokio-stream/latest/tokio_stream/trait.StreamExt.html>
//! Clock: both

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};
use tokio_stream::{
    StreamExt,
    wrappers::{IntervalStream, ReceiverStream},
};

async fn app() {
    let (tx, rx) = mpsc::channel(4);
    tokio::spawn(async move {
        for number in 0..6 {
            sleep(Duration::from_millis(70)).await;
            tx.send(number).await.unwrap();
        }
    });
    let beats = IntervalStream::new(interval(Duration::from_millis(50))).take(6).map(|_| 100);
    let both = ReceiverStream::new(rx).merge(beats).timeout(Duration::from_secs(20));
    let mut chunks = std::pin::pin!(both.chunks_timeout(4, Duration::from_secs(10)));
    let mut sum = 0;
    while let Some(chunk) = chunks.next().await {
        sum += chunk.into_iter().map(|number| number.unwrap()).sum::<i32>();
    }
    println!("{sum}");
}

pub(crate) fn main() {
    workbook::run(app())
}
