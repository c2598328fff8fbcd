//! A long computation lets the others have their turn every few milliseconds.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/task/fn.yield_now.html>
//! Clock: both

use std::time::Duration;

use tokio::{task::yield_now, time::sleep};

async fn digest() -> u64 {
    let mut number = 1_u64;
    for _ in 0..200 {
        for step in 0..5_000 {
            number = number.wrapping_mul(31).wrapping_add(step);
        }
        yield_now().await;
    }
    number
}

async fn app() {
    let timer = tokio::spawn(sleep(Duration::from_millis(10)));
    println!("{}", digest().await);
    timer.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
