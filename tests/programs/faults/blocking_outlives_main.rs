//! A closure on the blocking pool keeps a real program alive for three seconds after main has returned.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/5338>

use std::{thread, time::Duration};

async fn app() {
    tokio::task::spawn_blocking(|| {
        //~^ ?outlives
        thread::sleep(Duration::from_secs(3));
        println!("the closure ends");
    });
    println!("main returns");
}

pub(crate) fn main() {
    workbook::run(app())
}
