//! One Two One Two One Two, or One One One Two Two Two? Three counts that wait a second each: first they block the
//! thread, then they share it.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use workbook::{println, thread};

/// Prints "One", blocks the thread for a second, prints "Two".
fn count_sync() {
    println!("One");
    todo!("block the thread for a second with thread::sleep, then print Two")
}

/// Counts three times, one count after another.
fn main_sync() {
    todo!("call count_sync three times")
}

/// Prints "One", waits for a second without blocking the thread, prints "Two".
async fn count_async() {
    println!("One");
    todo!("wait for a second with tokio's sleep and .await, then print Two")
}

/// Counts three times at once.
async fn main_async() {
    todo!("start three count_async and wait for all of them together; tokio::join! takes several futures")
}

/// Times both. A blocking call has no place in an async program: here you see what it costs.
async fn compare() {
    let start = Instant::now();
    main_sync();
    println!("sync version executed in {:.2} seconds.", start.elapsed().as_secs_f64());

    let start = Instant::now();
    main_async().await;
    println!("async version executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(compare());
}

#[cfg(test)]
#[path = "../tests/checks/01_hello_count.rs"]
mod checks;
