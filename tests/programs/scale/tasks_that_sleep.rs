//! N tasks that each sleep once.
//!
//! Source: own small program of this shape
//! Sizes: 1000 10000 100000

use std::time::Duration;

async fn app() {
    let count: u64 = std::env::var("N").unwrap().parse().unwrap();
    let tasks: Vec<_> =
        (0..count).map(|number| tokio::spawn(tokio::time::sleep(Duration::from_millis(number % 100)))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
