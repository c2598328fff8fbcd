//! A closure on the blocking pool panics, and nobody awaits its handle.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/2762>
//! Cause: panicked

use std::time::Duration;

async fn app() {
    tokio::task::spawn_blocking(|| {
        let number: Option<u32> = None;
        println!("{}", number.unwrap()); //~ W04
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    println!("all is well");
}

pub(crate) fn main() {
    workbook::run(app())
}
