//! A task panics, and its handle was thrown away.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn parse(text: &str) -> u32 {
    sleep(Duration::from_millis(10)).await;
    text.parse().expect("a number") //~ W04
}

pub(crate) async fn faulty() {
    tokio::spawn(parse("seven"));
    sleep(Duration::from_secs(1)).await;
    println!("all is well");
}

pub(crate) async fn right() {
    match tokio::spawn(parse("seven")).await {
        Ok(number) => println!("{number}"),
        Err(error) => println!("no number: {error}"),
    }
}
