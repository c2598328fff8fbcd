//! A task computes for a long time without an await, while another one has something to do.

use std::{hint::black_box, time::Duration};

use tokio::time::{interval, sleep};
use workbook::println;

/// Counts until so much real time is over, as a search for prime numbers would.
fn compute(length: Duration) -> u64 {
    let began = std::time::Instant::now();
    let mut sum = 0_u64;
    while began.elapsed() < length {
        sum = black_box((0..2_000).fold(sum, |sum, number| sum.wrapping_add(black_box(number)))); //~ W02
    }
    sum
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
    println!("{}", compute(Duration::from_millis(800)) > 0);
    blinking.await.unwrap();
}

pub(crate) async fn right() {
    let blinking = tokio::spawn(blink());
    sleep(Duration::from_millis(50)).await;
    let computing = tokio::task::spawn_blocking(|| compute(Duration::from_millis(800)));
    println!("{}", computing.await.unwrap() > 0);
    blinking.await.unwrap();
}
