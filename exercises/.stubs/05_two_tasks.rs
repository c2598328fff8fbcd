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
    todo!("wait for two seconds with tokio's sleep, print the other line, yield what was fetched")
}

/// Prints `[t2] 0` to `[t2] 9` and waits for half a second after each.
async fn print_numbers() {
    todo!("print each number and wait for 500 milliseconds after it, after the last one too")
}

/// Starts both, so that they run side by side. Prints `[t1] {value}` as soon as the value is fetched, while the numbers go
/// on, and returns when both are done.
async fn run() {
    todo!(
        "start both with tokio::spawn; await the handle of fetch_data, print [t1] and the value; await the other handle"
    )
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../tests/checks/05_two_tasks.rs"]
mod checks;
