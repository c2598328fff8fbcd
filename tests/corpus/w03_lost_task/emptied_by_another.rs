//! A `JoinSet` is filled by one task and handed to another, which takes the first result and needs no other.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

async fn ask(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

pub(crate) async fn right() {
    let mut servers = JoinSet::new();
    for seconds in [3, 1, 2] {
        servers.spawn(ask(seconds));
    }
    let waiter = tokio::spawn(async move { servers.join_next().await.unwrap().unwrap() });
    println!("{}", waiter.await.unwrap());
}
