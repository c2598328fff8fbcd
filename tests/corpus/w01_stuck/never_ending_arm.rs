//! One arm of a select waits for ever, and the other one ends it.

use std::{future::pending, sync::Arc, time::Duration};

use tokio::{select, sync::Notify, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let stop = Arc::new(Notify::new());
    let hand = Arc::clone(&stop);
    let server = tokio::spawn(async move {
        select! {
            () = pending() => println!("never"),
            () = hand.notified() => println!("stopped"),
        }
    });
    sleep(Duration::from_secs(1)).await;
    stop.notify_waiters();
    server.await.unwrap();
}
