//! Four pieces of work, and each result is handled at the moment it is there. Nothing that is ready waits for what is not,
//! wherever it stands in the list.

use std::time::Duration;

use colored::Colorize;
use futures::{StreamExt, stream::FuturesUnordered};
use tokio::time::{Instant, sleep};
use workbook::println;

/// Waits for `t` seconds and returns `t`.
async fn work(t: u64) -> u64 {
    sleep(Duration::from_secs(t)).await;
    t
}

/// Runs all the futures at the same time, however many there are, and calls `callback` with each result as soon as that
/// future is done. Returns when the last result has been handled.
async fn each<F>(futures: Vec<F>, mut callback: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("start all the futures; again and again wait for whichever is done next, and call callback with its result")
}

/// The work for t = 3, 2, 1 and 0: what is asked for last is done first.
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
#[path = "../tests/checks/13_as_completed.rs"]
mod checks;
