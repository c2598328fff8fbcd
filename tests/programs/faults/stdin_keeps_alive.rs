//! A read of standard input is a blocking call: it keeps a real program alive after main has returned.
//!
//! Source: <https://nkit.dev/blogs/why_rust_is_not_exiting_feat_tokio>
//! Input: stays open

use std::time::Duration;

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    time::sleep,
};

async fn app() {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    tokio::select! {
        line = lines.next_line() => println!("{line:?}"), //~ ?outlives
        _ = sleep(Duration::from_millis(300)) => println!("work done"),
    }
    println!("I am leaving");
}

pub(crate) fn main() {
    workbook::run(app())
}
