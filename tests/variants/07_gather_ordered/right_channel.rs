// accepted: numbered results through a channel, sorted at the end
//! What finishes first is not what was asked first: the answers come back in the order of the questions all the same.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};
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
    let (results, mut inbox) = mpsc::unbounded_channel();
    for (number, future) in futures.into_iter().enumerate() {
        let results = results.clone();
        tokio::spawn(async move {
            let _ = results.send((number, future.await));
        });
    }
    drop(results);
    let mut numbered = Vec::new();
    while let Some(result) = inbox.recv().await {
        numbered.push(result);
    }
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, result)| result).collect()
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
#[path = "../../checks/07_gather_ordered.rs"]
mod checks;
