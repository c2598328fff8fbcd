//! `notify_one` comes before anybody waits, and is kept.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Notify, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let ready = Arc::new(Notify::new());
    let server = Arc::clone(&ready);
    let started = tokio::spawn(async move { server.notify_one() });
    sleep(Duration::from_secs(1)).await;
    ready.notified().await;
    started.await.unwrap();
    println!("ready");
}
