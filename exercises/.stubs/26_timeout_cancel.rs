//! Work that takes too long is cancelled. To cancel a future is to drop it, right where it waits: not a line of it runs any more.
//! What still runs is Drop, so whatever has to be cleaned up belongs there.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use workbook::println;

/// What is said when the time is up.
#[derive(Debug, PartialEq)]
struct TooLate;

/// Stands for something that must not be left behind: a lock file, a half-written table. Cleans up when it is dropped,
/// however that comes about.
struct CleanUp {
    name: &'static str,
}

impl Drop for CleanUp {
    /// Prints `report: cleaned up`.
    fn drop(&mut self) {
        todo!("say that it is cleaned up")
    }
}

/// Prints `report: begun`, works for so many seconds, which is a sleep here, prints `report: done`, and yields the seconds. From
/// the first line on it has something to clean up: a `CleanUp` lives as long as the work does. That is the last thing to go,
/// after the work is done, or when it is cancelled.
async fn work(name: &'static str, seconds: u64) -> u64 {
    println!("{name}: begun");
    todo!("make a CleanUp that lives to the end; sleep; say that it is done; yield the seconds")
}

/// Waits for the work, but not longer than `limit`. Yields what the work yields as soon as it is done.
///
/// # Errors
/// If the work is not done when the time is up. It is cancelled then: when the error is returned the work has been dropped, and
/// has cleaned up.
async fn with_deadline<F>(limit: Duration, work: F) -> Result<F::Output, TooLate>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("wait for the work, at most for the limit; when the time is up, drop it and return TooLate")
}

/// Two pieces of work with two seconds for each. Nothing is heard any more of the one that takes four.
async fn program() {
    let start = Instant::now();
    for (name, seconds) in [("report", 1), ("index", 4)] {
        match with_deadline(Duration::from_secs(2), work(name, seconds)).await {
            Ok(seconds) => println!("{name} took {seconds} s"),
            Err(TooLate) => println!("{name} took too long"),
        }
    }
    sleep(Duration::from_secs(3)).await;
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/26_timeout_cancel.rs"]
mod checks;
