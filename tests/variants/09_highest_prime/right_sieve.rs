// accepted: a precomputed sieve, and the same pauses

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

fn is_prime(number: u64) -> bool {
    sieve(number + 1)[number as usize]
}

fn sieve(limit: u64) -> Vec<bool> {
    let mut prime = vec![true; limit as usize];
    for number in 0..prime.len() {
        if number < 2 {
            prime[number] = false;
        } else if prime[number] {
            (2 * number..prime.len()).step_by(number).for_each(|multiple| prime[multiple] = false);
        }
    }
    prime
}

async fn highest_prime_below(limit: u64) -> Option<u64> {
    println!("Highest prime below {limit}");
    let prime = sieve(limit);
    for number in (0..limit).rev() {
        if prime[number as usize] {
            println!("--> Highest prime below {limit} is {number}.");
            return Some(number);
        }
        sleep(Duration::from_millis(10)).await;
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
