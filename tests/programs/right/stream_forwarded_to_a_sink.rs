//! A stream of futures-rs is forwarded into a channel's sink, and read behind it with a deadline for each item.
//!
//! Source: class of <https://docs.rs/futures/latest/futures/stream/trait.StreamExt.html#method.forward>

use std::time::Duration;

use futures::{StreamExt, channel::mpsc, stream};
use tokio::time::{sleep, timeout};

async fn measure(number: u64) -> Result<u64, mpsc::SendError> {
    sleep(Duration::from_millis(10)).await;
    Ok(number)
}

async fn app() {
    let (tx, mut rx) = mpsc::channel(2);
    let forwarder = tokio::spawn(stream::iter(0..8).then(measure).forward(tx));
    let mut sum = 0;
    while let Ok(Some(number)) = timeout(Duration::from_secs(5), rx.next()).await {
        sum += number;
    }
    forwarder.await.unwrap().unwrap();
    println!("{sum}");
}

pub(crate) fn main() {
    workbook::run(app())
}
