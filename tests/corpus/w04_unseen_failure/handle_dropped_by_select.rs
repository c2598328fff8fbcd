//! A select drops the handle of a task that panics later.

use std::time::Duration;

use tokio::{select, time::sleep};
use workbook::println;

async fn slow_parse(text: &str) -> u32 {
    sleep(Duration::from_secs(2)).await;
    text.parse().unwrap() //~ W04
}

pub(crate) async fn faulty() {
    let parsing = tokio::spawn(slow_parse("two"));
    select! {
        number = parsing => println!("{number:?}"),
        () = sleep(Duration::from_secs(1)) => println!("too slow"),
    }
    sleep(Duration::from_secs(2)).await;
}

pub(crate) async fn right() {
    let mut parsing = tokio::spawn(slow_parse("two"));
    select! {
        number = &mut parsing => println!("{number:?}"),
        () = sleep(Duration::from_secs(1)) => println!("too slow"),
    }
    if let Err(error) = parsing.await {
        println!("no number: {error}");
    }
}
