// rejected with: not all begun at once

use std::time::Duration;

use futures::{StreamExt, future::join_all, stream};
use tokio::time::{Instant, sleep};
use workbook::println;

async fn work(t: u64) {
    println!("[t = {t}] begins");
    sleep(Duration::from_secs(t)).await;
    println!("[t = {t}] done");
}

async fn one_by_one() {
    for t in 0..4 {
        work(t).await;
    }
}

async fn all_together() {
    stream::iter((0..4).map(work)).buffer_unordered(2).collect::<()>().await;
}

fn predict() -> (u64, u64) {
    (6, 3)
}

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
#[path = "../../checks/04_sequential_trap.rs"]
mod checks;
