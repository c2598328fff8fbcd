//! A deadline is put around a call, and nothing awaits the two.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/time/fn.timeout.html>
//! Cause: await | polled

use std::time::Duration;

use tokio::time::{sleep, timeout};

async fn save() {
    sleep(Duration::from_millis(20)).await;
    println!("saved");
}

async fn app() {
    let _ = timeout(Duration::from_secs(1), save()); //~ W08
    sleep(Duration::from_millis(100)).await;
    println!("good-bye");
}

pub(crate) fn main() {
    workbook::run(app())
}
