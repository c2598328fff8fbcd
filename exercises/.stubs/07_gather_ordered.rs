//! What finishes first is not what was asked first: the answers come back in the order of the questions all the same.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

/// Waits for `delay` seconds, then prints and returns `what` with its delay: `hello(2)`.
async fn go(delay: u64, what: &str) -> String {
    sleep(Duration::from_secs(delay)).await;
    let said = format!("{what}({delay})");
    println!("{said}");
    said
}

/// Runs all the futures at the same time, however many there are, and returns their results in the order of the futures.
async fn gather<F>(futures: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("run them all at once, say with join_all; each result belongs at the place of its future")
}

/// `world` is done first; `hello` comes first.
async fn main_async() {
    let start = Instant::now();
    let said = gather(vec![go(2, "hello"), go(1, "world")]).await;
    println!("{said:?}");
    println!("({:.4} sec)", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(main_async());
}

#[cfg(test)]
#[path = "../tests/checks/07_gather_ordered.rs"]
mod checks;
