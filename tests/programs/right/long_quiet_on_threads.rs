//! `#[tokio::main]` on several threads that waits for 25 s, as a poller does.
//!
//! Source: own small program of this shape

use std::time::Duration;

#[tokio::main]
async fn app() {
    tokio::time::sleep(Duration::from_secs(25)).await;
    println!("polled");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
