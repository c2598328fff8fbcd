// accepted: a stream of numbers, each with the moment when it is its turn

use std::pin::pin;
use std::time::Duration;

use futures::{StreamExt, future::join_all, stream};
use tokio::time::{Instant, sleep_until};
use workbook::println;

fn is_prime(number: u64) -> bool {
    number >= 2 && !(2..=number.isqrt()).any(|divisor| number.is_multiple_of(divisor))
}

async fn highest_prime_below(limit: u64) -> Option<u64> {
    println!("Highest prime below {limit}");
    let start = Instant::now();
    let numbers = stream::iter((2..limit).rev().enumerate());
    let mut primes = pin!(numbers.filter_map(|(nth, number)| async move {
        sleep_until(start + Duration::from_millis(10 * nth as u64)).await;
        Some(number).filter(|number| is_prime(*number))
    }));
    let prime = primes.next().await?;
    println!("--> Highest prime below {limit} is {prime}.");
    Some(prime)
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
