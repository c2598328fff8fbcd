//! A task is aborted before its first turn, and its end is awaited: that is how a task is cancelled.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn say_hello() {
    println!("hello");
    sleep(Duration::from_secs(1)).await;
    println!("still here");
}

pub(crate) async fn right() {
    let speaking = tokio::spawn(say_hello());
    speaking.abort();
    println!("{}", speaking.await.is_err());
}
