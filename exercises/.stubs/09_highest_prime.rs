//! Three searches for a prime share one thread. Each tries one number after another, and lets the others go on at its pauses:
//! only an await hands the thread over.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

/// True if `number` is prime: if exactly two numbers divide it, 1 and itself.
fn is_prime(number: u64) -> bool {
    todo!("look for a number that divides it, other than 1 and itself; what is below 2 is not prime")
}

/// Tries the numbers below `limit`, from `limit` - 1 down to 2, and returns the first that is prime; `None` if there is none.
/// After each number that is not, waits for 10 ms. Prints `Highest prime below 1000` first, and when it has found it
/// `--> Highest prime below 1000 is 997.`
async fn highest_prime_below(limit: u64) -> Option<u64> {
    println!("Highest prime below {limit}");
    todo!("go down from limit - 1 to 2: say and return the first that is prime; after each that is not, wait for 10 ms")
}

/// Searches below all the limits at the same time, and returns what was found in the order of the limits.
async fn run(limits: &[u64]) -> Vec<Option<u64>> {
    todo!("call highest_prime_below for each limit, and await all of the futures together")
}

async fn program() {
    let start = Instant::now();
    run(&[100_000, 10_000, 1_000]).await;
    println!("Took {} ms", start.elapsed().as_millis());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/09_highest_prime.rs"]
mod checks;
