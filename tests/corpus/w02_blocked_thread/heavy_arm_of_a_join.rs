//! One arm of a join computes for long, so the other arm waits longer than it should.

use std::{hint::black_box, time::Duration};

use tokio::time::sleep;
use workbook::println;

/// Half a second of work or more, on any machine of today.
const WORK: u64 = 40_000_000;

async fn compute() {
    let sum = (0..WORK).fold(0_u64, |sum, next| sum.wrapping_mul(31).wrapping_add(black_box(next))); //~ W02
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
