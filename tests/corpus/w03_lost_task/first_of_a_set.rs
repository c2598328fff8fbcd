//! A `JoinSet` is dropped when the first of its tasks has brought a result: the others are not needed.

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
    let first = servers.join_next().await.unwrap().unwrap();
    drop(servers);
    println!("{first}");
}
