//! A panic is caught inside the task, which goes on.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt;
use tokio::time::sleep;
use workbook::println;

async fn parse(text: &str) -> u32 {
    sleep(Duration::from_secs(1)).await;
    text.parse().unwrap()
}

pub(crate) async fn right() {
    tokio::spawn(async {
        for text in ["1", "two", "3"] {
            match AssertUnwindSafe(parse(text)).catch_unwind().await {
                Ok(number) => println!("{number}"),
                Err(_) => println!("{text} is no number"),
            }
        }
    });
    sleep(Duration::from_secs(5)).await;
}
