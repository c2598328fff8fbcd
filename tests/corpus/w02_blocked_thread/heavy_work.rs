//! A task computes for a long time without an await, while another one has something to do.

use std::{hint::black_box, time::Duration};

use tokio::time::{interval, sleep};
use workbook::println;

/// Half a second of work or more, on any machine of today.
const WORK: u64 = 40_000_000;

fn compute() -> u64 {
    (0..WORK).fold(0, |sum, number| sum.wrapping_add(black_box(number))) //~ W02
}

async fn blink() {
    let mut ticks = interval(Duration::from_millis(100));
    for _ in 0..3 {
        ticks.tick().await;
        println!("blink");
    }
}

pub(crate) async fn faulty() {
    let blinking = tokio::spawn(blink());
    sleep(Duration::from_millis(50)).await;
    println!("{}", compute() > 0);
    blinking.await.unwrap();
}

pub(crate) async fn right() {
    let blinking = tokio::spawn(blink());
    sleep(Duration::from_millis(50)).await;
    let computing = tokio::task::spawn_blocking(compute);
    println!("{}", computing.await.unwrap() > 0);
    blinking.await.unwrap();
}
