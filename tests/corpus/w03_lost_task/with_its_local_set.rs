//! A `LocalSet` runs until its own future is done, and is dropped with a task that is not.

use std::time::Duration;

use tokio::{
    task::{LocalSet, spawn_local},
    time::sleep,
};
use workbook::println;

async fn upload() {
    for part in 1..=3 {
        sleep(Duration::from_secs(1)).await;
        println!("part {part} is up");
    }
}

pub(crate) async fn faulty() {
    let local = LocalSet::new();
    local
        .run_until(async {
            spawn_local(upload()); //~ W03
            sleep(Duration::from_millis(1500)).await;
        })
        .await;
}

pub(crate) async fn right() {
    let local = LocalSet::new();
    local
        .run_until(async {
            spawn_local(upload());
            sleep(Duration::from_millis(1500)).await;
        })
        .await;
    // A LocalSet is done when all its tasks are.
    local.await;
}
