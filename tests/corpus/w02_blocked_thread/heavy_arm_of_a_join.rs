//! One arm of a join computes for long, so the other arm waits longer than it should.

use std::time::{Duration, Instant};

use tokio::time::sleep;
use workbook::println;

async fn compute() {
    let began = Instant::now();
    let mut sum = 0_u64;
    while began.elapsed() < Duration::from_millis(800) {
        sum = (0..10_000).fold(sum, |sum, next| sum.wrapping_mul(31).wrapping_add(next)); //~ W02
    }
    println!("{}", sum % 2 < 2);
}

pub(crate) async fn faulty() {
    tokio::join!(compute(), sleep(Duration::from_millis(10)));
}

pub(crate) async fn right() {
    let work = tokio::task::spawn_blocking(|| (0..10_000_u64).fold(0_u64, |sum, next| sum.wrapping_mul(31).wrapping_add(next)));
    let (sum, ()) = tokio::join!(work, sleep(Duration::from_millis(10)));
    println!("{}", sum.unwrap() % 2 < 2);
}
