//! Forty deadlines at once, each with a `JoinSet` that is shut down when it is not in time.

use std::time::Duration;

use futures::future::join_all;
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};
use workbook::println;

async fn in_time(seconds: u64) -> bool {
    let mut work = JoinSet::new();
    work.spawn(sleep(Duration::from_secs(seconds)));
    let done = timeout(Duration::from_millis(20_500), work.join_next()).await.is_ok();
    work.shutdown().await;
    done
}

pub(crate) async fn right() {
    let done = join_all((0..40).map(in_time)).await.into_iter().filter(|done| *done).count();
    println!("{done} in time");
}
