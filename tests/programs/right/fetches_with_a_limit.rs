//! Twenty fetches, at most four at once: once with a semaphore, once with `buffer_unordered`.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/struct.Semaphore.html#examples>

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, stream};
use tokio::{sync::Semaphore, task::JoinSet, time::sleep};

async fn fetch(number: u64) -> u64 {
    sleep(Duration::from_millis(20 + number % 7)).await;
    number
}

async fn app() {
    let permits = Arc::new(Semaphore::new(4));
    let mut fetches = JoinSet::new();
    for number in 0..20 {
        let permits = permits.clone();
        fetches.spawn(async move {
            let _permit = permits.acquire_owned().await.unwrap();
            fetch(number).await
        });
    }
    let mut sum = 0;
    while let Some(fetched) = fetches.join_next().await {
        sum += fetched.unwrap();
    }
    let mut again: Vec<u64> = stream::iter(0..20).map(fetch).buffer_unordered(4).collect().await;
    again.sort_unstable();
    println!("{sum} {}", again.iter().sum::<u64>());
}

pub(crate) fn main() {
    workbook::run(app())
}
