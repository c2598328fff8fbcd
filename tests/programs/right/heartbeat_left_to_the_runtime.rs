//! A heartbeat without an end goes on beside main, and is dropped with the runtime, as it should be.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::time::{interval, sleep};

async fn heartbeat() {
    let mut beats = interval(Duration::from_millis(100));
    loop {
        beats.tick().await;
    }
}

async fn app() {
    tokio::spawn(heartbeat());
    sleep(Duration::from_millis(350)).await;
    println!("done");
}

pub(crate) fn main() {
    workbook::run(app())
}
