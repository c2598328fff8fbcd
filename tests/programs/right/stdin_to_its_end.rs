//! Counts the lines of standard input, which is empty and at its end.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/io/struct.Stdin.html>

use tokio::io::{AsyncBufReadExt, BufReader, stdin};

async fn app() {
    let mut lines = BufReader::new(stdin()).lines();
    let mut count = 0;
    while lines.next_line().await.unwrap().is_some() {
        count += 1;
    }
    println!("{count} lines");
}

pub(crate) fn main() {
    workbook::run(app())
}
