//! Heavy work goes to the blocking pool, eight jobs at once, while main shows its progress.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/task/fn.spawn_blocking.html>

use std::time::Duration;

use tokio::{task::spawn_blocking, time::interval};

fn digest(seed: u64) -> u64 {
    (0..3_000_000).fold(seed, |number, step| number.wrapping_mul(31).wrapping_add(step))
}

#[tokio::main]
async fn app() {
    let jobs: Vec<_> = (0..8).map(|seed| spawn_blocking(move || digest(seed))).collect();
    let mut all = std::pin::pin!(futures::future::join_all(jobs));
    let mut ticks = interval(Duration::from_millis(10));
    let digests = loop {
        tokio::select! {
            digests = &mut all => break digests,
            _ = ticks.tick() => {}
        }
    };
    println!("{}", digests.into_iter().map(|digest| digest.unwrap()).fold(0, u64::wrapping_add));
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
