//! N tasks that share an `RwLock`, of which every tenth writes: at each moment most of them wait for each other.
//!
//! Source: own small program of this shape
//! Sizes: 1000 5000 20000

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::{sync::RwLock, time::sleep};

async fn app() {
    let tasks: u64 = std::env::var("N").unwrap().parse().unwrap();
    let sum = Arc::new(RwLock::new(0));
    let all = (0..tasks).map(|number| {
        let sum = sum.clone();
        tokio::spawn(async move {
            if number % 10 == 0 {
                *sum.write().await += number;
            } else {
                let sum = sum.read().await;
                sleep(Duration::from_millis(1)).await;
                drop(sum);
            }
        })
    });
    for ended in join_all(all).await {
        ended.unwrap();
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
