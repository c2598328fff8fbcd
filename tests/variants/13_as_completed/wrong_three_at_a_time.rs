// rejected with: Some of the waits went on at the same time

use std::time::Duration;

use colored::Colorize;
use futures::{StreamExt, stream};
use tokio::time::{Instant, sleep};
use workbook::println;

async fn work(t: u64) -> u64 {
    sleep(Duration::from_secs(t)).await;
    t
}

async fn each<F>(futures: Vec<F>, mut callback: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let mut results = stream::iter(futures).buffer_unordered(3);
    while let Some(result) = results.next().await {
        callback(result);
    }
}

async fn main_async() {
    let start = Instant::now();
    each((0..4).rev().map(work).collect(), |t| {
        println!("{}", format!("> task done with [ t = {t} ]").dimmed().italic());
    })
    .await;
    println!("\neach, as completed: [{:.4} sec]", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(main_async());
}

#[cfg(test)]
#[path = "../../checks/13_as_completed.rs"]
mod checks;
