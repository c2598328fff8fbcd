//! Tasks of a `JoinSet` panic, some of them before anybody waits, and every result is looked at.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

async fn divide(number: u32) -> u32 {
    sleep(Duration::from_secs(u64::from(number))).await;
    12 / number
}

pub(crate) async fn right() {
    let mut divisions = JoinSet::new();
    for number in 0..4 {
        divisions.spawn(divide(number));
    }
    sleep(Duration::from_secs(1)).await;
    while let Some(result) = divisions.join_next().await {
        match result {
            Ok(result) => println!("{result}"),
            Err(error) => println!("panicked: {}", error.is_panic()),
        }
    }
}
