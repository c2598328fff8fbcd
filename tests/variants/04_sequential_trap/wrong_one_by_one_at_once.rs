// rejected with: ran at the same time

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

async fn work(t: u64) {
    println!("[t = {t}] begins");
    sleep(Duration::from_secs(t)).await;
    println!("[t = {t}] done");
}

async fn one_by_one() {
    join_all((0..4).map(work)).await;
}

async fn all_together() {
    join_all((0..4).map(work)).await;
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
