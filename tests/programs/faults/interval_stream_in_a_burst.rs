//! A stream of ticks paces requests; one request takes long, and the next ones are not paced at all.
//!
//! Source: <https://github.com/blockworks-foundation/mango-v4/pull/840>
//! Cause: makes up for | missed

use std::time::Duration;

use tokio::time::{Instant, interval, sleep};
use tokio_stream::{StreamExt, wrappers::IntervalStream};

async fn request(number: usize) {
    sleep(Duration::from_millis(if number == 2 { 1000 } else { 5 })).await;
}

async fn app() {
    let began = Instant::now();
    let ticks = IntervalStream::new(interval(Duration::from_millis(100)));
    let mut requests = std::pin::pin!(ticks.take(15));
    let mut number = 0;
    while requests.next().await.is_some() {
        //~^ W11
        request(number).await;
        println!("request {number} after {:?}", began.elapsed());
        number += 1;
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
