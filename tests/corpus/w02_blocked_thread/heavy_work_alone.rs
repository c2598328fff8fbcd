//! A program with one task computes for a long time, and there is nobody whom that could hold up.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use tokio::time::sleep;
use workbook::println;

pub(crate) async fn right() {
    sleep(Duration::from_secs(1)).await;
    let began = Instant::now();
    let mut numbers = 0_u64;
    while began.elapsed() < Duration::from_millis(250) {
        numbers += black_box(1);
    }
    println!("{}", numbers > 0);
    sleep(Duration::from_secs(1)).await;
}
