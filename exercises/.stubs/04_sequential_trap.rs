//! Writing `async` makes nothing concurrent. An await in a loop adds the times up; only what is awaited together takes as
//! long as the longest. Forecast both before you measure.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

/// Waits for `t` seconds.
async fn work(t: u64) {
    println!("[t = {t}] begins");
    sleep(Duration::from_secs(t)).await;
    println!("[t = {t}] done");
}

/// Does the work for t = 0, 1, 2 and 3, each after the one before it.
async fn one_by_one() {
    todo!("call work in a loop over 0..4 and await each call there and then")
}

/// Does the work for t = 0, 1, 2 and 3, all at once.
async fn all_together() {
    todo!("call work four times and await the four futures together; join_all takes any number of them")
}

/// Your forecast, before anything has run: how many seconds `one_by_one` takes, and how many `all_together`.
fn predict() -> (u64, u64) {
    todo!("write down two numbers: first that of one_by_one, then that of all_together")
}

/// Measures both and sets the forecast beside it.
async fn compare() {
    let (apart, together) = predict();

    let start = Instant::now();
    one_by_one().await;
    println!("one by one: {:.2} s, forecast {apart} s", start.elapsed().as_secs_f64());

    let start = Instant::now();
    all_together().await;
    println!("all together: {:.2} s, forecast {together} s", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(compare());
}

#[cfg(test)]
#[path = "../tests/checks/04_sequential_trap.rs"]
mod checks;
