//! Three searches for a prime share one thread. Each tries one number after another, and lets the others go on at its pauses:
//! only an await hands the thread over.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

/// True if `number` is prime: if exactly two numbers divide it, 1 and itself.
fn is_prime(number: u64) -> bool {
    number >= 2 && !(2..=number.isqrt()).any(|divisor| number.is_multiple_of(divisor))
}

/// Tries the numbers below `limit`, from `limit` - 1 down to 2, and returns the first that is prime; `None` if there is none.
/// After each number that is not, waits for 10 ms. Prints `Highest prime below 1000` first, and when it has found it
/// `--> Highest prime below 1000 is 997.`
async fn highest_prime_below(limit: u64) -> Option<u64> {
    println!("Highest prime below {limit}");
    for number in (2..limit).rev() {
        if is_prime(number) {
            println!("--> Highest prime below {limit} is {number}.");
            return Some(number);
        }
        sleep(Duration::from_millis(10)).await;
    }
    None
}

/// Searches below all the limits at the same time, and returns what was found in the order of the limits.
async fn run(limits: &[u64]) -> Vec<Option<u64>> {
    join_all(limits.iter().map(|&limit| highest_prime_below(limit))).await
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
