//! Requests with a deadline of their own run in `buffer_unordered`, which is polled only between two turns of a slow loop:
//! they are done long before anybody looks, and count as timed out.
//!
//! Source: <https://github.com/rust-lang/futures-rs/issues/2387> and "Barbara battles buffered streams" of wg-async
//! Cause: polled

use std::{pin::pin, time::Duration};

use futures::{StreamExt, stream};
use tokio::time::{Instant, sleep, timeout};

async fn request(number: u64) {
    sleep(Duration::from_millis(if number == 0 { 10 } else { 100 })).await;
    sleep(Duration::from_millis(1)).await;
}

async fn app() {
    let began = Instant::now();
    let in_time = |number| async move { timeout(Duration::from_millis(150), request(number)).await.is_ok() };
    let mut answers = pin!(stream::iter(0..4).map(in_time).buffer_unordered(4));
    let mut late = 0;
    while let Some(in_time) = answers.next().await {
        if !in_time {
            late += 1;
        }
        sleep(Duration::from_secs(1)).await; //~ W12
    }
    println!("{late} timed out, {:?}", began.elapsed());
}

pub(crate) fn main() {
    workbook::run(app())
}
