//! A task of a `LocalSet` is aborted right before the set goes, and the set has no turn any more.

use std::time::Duration;

use tokio::{
    task::{LocalSet, spawn_local},
    time::sleep,
};
use workbook::println;

async fn look_ahead() {
    sleep(Duration::from_secs(1)).await;
    println!("nobody asked for it");
}

pub(crate) async fn right() {
    let local = LocalSet::new();
    let looking = local.run_until(async {
        let looking = spawn_local(look_ahead());
        sleep(Duration::from_millis(10)).await;
        looking.abort_handle()
    });
    looking.await.abort();
}
