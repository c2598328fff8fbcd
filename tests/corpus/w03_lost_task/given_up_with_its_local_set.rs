//! Whoever waits for all tasks of a `LocalSet` stops at the first error, and lets the others go with the set.

use std::time::Duration;

use futures::future::try_join_all;
use tokio::{
    task::{LocalSet, spawn_local},
    time::sleep,
};
use workbook::println;

async fn copy(part: u64) -> Result<(), String> {
    sleep(Duration::from_secs(part)).await;
    if part == 2 { Err("the disk is full".into()) } else { Ok(()) }
}

pub(crate) async fn right() {
    let copied = LocalSet::new()
        .run_until(async {
            let parts = (1..=3).map(|part| spawn_local(copy(part)));
            try_join_all(parts.map(|part| async { part.await.unwrap_or_else(|error| Err(error.to_string())) })).await
        })
        .await;
    println!("{copied:?}");
}
