//! Three workers of which one panics early; main does something else first, and then looks at every handle.
//!
//! Source: own small program of this shape

use std::time::Duration;

async fn work(number: u64) -> u64 {
    if number == 1 {
        panic!("bad input {number}");
    }
    number
}

async fn app() {
    let workers: Vec<_> = (0..3).map(|number| tokio::spawn(work(number))).collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    for worker in workers {
        match worker.await {
            Ok(number) => println!("{number}"),
            Err(error) => println!("failed: {}", error.is_panic()),
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
