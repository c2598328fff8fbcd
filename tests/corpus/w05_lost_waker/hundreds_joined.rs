//! Hundreds of futures share the waker of one task.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn square(number: u64) -> u64 {
    sleep(Duration::from_millis(number % 7)).await;
    number * number
}

pub(crate) async fn right() {
    let squares = futures::future::join_all((0..300).map(square)).await;
    println!("{}", squares.iter().sum::<u64>());
}
