//! A thread computes for 200 ms, as a worker of rayon would, and answers through tokio's oneshot.
//!
//! Source: own small program of this shape

use std::{
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

fn compute() -> u64 {
    let began = Instant::now();
    let mut number = 1_u64;
    while began.elapsed() < Duration::from_millis(200) {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    }
    number
}

async fn app() {
    let (tx, rx) = oneshot::channel();
    thread::spawn(move || tx.send(compute()).unwrap());
    println!("{}", rx.await.is_ok());
}

pub(crate) fn main() {
    workbook::run(app())
}
