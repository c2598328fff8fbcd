// rejected with: the search waits for 10 ms

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

fn is_prime(number: u64) -> bool {
    number >= 2 && !(2..=number.isqrt()).any(|divisor| number.is_multiple_of(divisor))
}

async fn highest_prime_below(limit: u64) -> Option<u64> {
    println!("Highest prime below {limit}");
    for number in (2..limit).rev() {
        sleep(Duration::from_millis(10)).await;
        if is_prime(number) {
            println!("--> Highest prime below {limit} is {number}.");
            return Some(number);
        }
    }
    None
}

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
#[path = "../../checks/09_highest_prime.rs"]
mod checks;
