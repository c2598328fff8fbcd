//! An arm of a select! computes for 400 ms, and the ticks of its other arm and a heartbeat beside it come late. It is processor
//! time that counts: what has no processor computes nothing, and on a busy machine that may be most of the time.
//!
//! Source: own small program of this shape
//! Cause: work | comput

use std::time::Duration;

use cpu_time::ThreadTime;
use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};

fn digest(seed: u64) -> u64 {
    let began = ThreadTime::now();
    let mut number = seed;
    while began.elapsed() < Duration::from_millis(400) {
        //~^ (W02)
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1); //~ W02
    }
    number
}

async fn heartbeat() {
    for _ in 0..10 {
        sleep(Duration::from_millis(50)).await;
    }
}

async fn app() {
    let beats = tokio::spawn(heartbeat());
    let (tx, mut rx) = mpsc::channel(1);
    tokio::spawn(async move {
        sleep(Duration::from_millis(25)).await;
        tx.send(1).await.unwrap();
    });
    let mut ticks = interval(Duration::from_millis(50));
    loop {
        tokio::select! {
            seed = rx.recv() => match seed {
                Some(seed) => println!("{}", digest(seed) > 0), //~ (W02)
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
    beats.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
