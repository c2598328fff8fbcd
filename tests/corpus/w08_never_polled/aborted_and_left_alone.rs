//! A task is aborted before its first turn, by a program that has changed its mind and asks no more after it.

use std::time::Duration;

use tokio::{sync::oneshot, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let (answer, heard) = oneshot::channel();
    let thinking = tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        // Whoever asked may be gone.
        let _ = answer.send(42);
    });
    thinking.abort();
    println!("{}", heard.await.unwrap_or(0));
    sleep(Duration::from_secs(1)).await;
}
