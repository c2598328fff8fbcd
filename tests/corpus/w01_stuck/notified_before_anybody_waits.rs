//! `notify_waiters` is called while nobody waits yet, so nobody hears it.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Notify, time::sleep};
use workbook::println;

async fn start_up(ready: Arc<Notify>) {
    println!("ready");
    ready.notify_waiters();
}

pub(crate) async fn faulty() {
    let ready = Arc::new(Notify::new());
    let server = tokio::spawn(start_up(Arc::clone(&ready)));
    sleep(Duration::from_secs(1)).await;
    ready.notified().await; //~ W01
    server.await.unwrap();
}

pub(crate) async fn right() {
    let ready = Arc::new(Notify::new());
    let notified = ready.notified();
    let server = tokio::spawn(start_up(Arc::clone(&ready)));
    sleep(Duration::from_secs(1)).await;
    notified.await;
    server.await.unwrap();
}
