//! A spawned task runs by itself, also while you await another. One task fetches for two seconds, the other counts, and
//! neither waits for the other.

use std::{fmt, time::Duration};

use tokio::time::sleep;
use workbook::println;

/// What was fetched.
#[derive(Debug, PartialEq)]
struct Fetched {
    data: u32,
}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{data: {}}}", self.data)
    }
}

/// Prints `[t1] start fetching`, waits for two seconds, prints `[t1] done fetching` and yields the data 1.
async fn fetch_data() -> Fetched {
    println!("[t1] start fetching");
    sleep(Duration::from_secs(2)).await;
    println!("[t1] done fetching");
    Fetched { data: 1 }
}

/// Prints `[t2] 0` to `[t2] 9` and waits for half a second after each.
async fn print_numbers() {
    for number in 0..10 {
        println!("[t2] {number}");
        sleep(Duration::from_millis(500)).await;
    }
}

/// Starts both, so that they run side by side. Prints `[t1] {value}` as soon as the value is fetched, while the numbers go
/// on, and returns when both are done.
async fn run() {
    let fetching = tokio::spawn(fetch_data());
    let counting = tokio::spawn(print_numbers());

    let value = fetching.await.expect("fetch_data does not panic");
    println!("[t1] {value}");
    counting.await.expect("print_numbers does not panic");
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../tests/checks/05_two_tasks.rs"]
mod checks;
