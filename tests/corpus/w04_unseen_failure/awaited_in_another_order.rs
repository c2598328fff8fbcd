//! A task panics while another one is awaited, and its handle is awaited next.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn parse(text: &str) -> u32 {
    text.parse().unwrap()
}

pub(crate) async fn right() {
    let slow = tokio::spawn(sleep(Duration::from_secs(1)));
    let number = tokio::spawn(parse("seven"));
    slow.await.unwrap();
    match number.await {
        Ok(number) => println!("{number}"),
        Err(error) => println!("no number: {error}"),
    }
}
