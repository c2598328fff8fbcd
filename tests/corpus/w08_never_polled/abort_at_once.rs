//! A task is aborted before it has had its first turn.

use std::time::Duration;

use tokio::{task::yield_now, time::sleep};
use workbook::println;

async fn say_hello() {
    println!("hello");
    sleep(Duration::from_secs(1)).await;
    println!("still here");
}

pub(crate) async fn faulty() {
    let speaking = tokio::spawn(say_hello()); //~ W08
    speaking.abort();
    println!("{}", speaking.await.is_err());
}

pub(crate) async fn right() {
    let speaking = tokio::spawn(say_hello());
    yield_now().await;
    speaking.abort();
    println!("{}", speaking.await.is_err());
}
