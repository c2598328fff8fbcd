//! Requests with a deadline wait side by side, and nobody polls them while the body of the loop saves an answer.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::{sleep, timeout};
use workbook::println;

#[workbook::awaits::tracked]
async fn ask(server: u64) {
    sleep(Duration::from_millis(100 * server)).await;
    sleep(Duration::from_millis(1)).await;
}

#[workbook::awaits::tracked]
async fn answers_in_time(server: u64) -> bool {
    timeout(Duration::from_millis(400), ask(server)).await.is_ok()
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let mut answers = stream::iter(1..=3).map(answers_in_time).buffer_unordered(3);
    while let Some(in_time) = answers.next().await {
        println!("in time: {in_time}");
        sleep(Duration::from_secs(3)).await; //~ W12
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let ask = |server| tokio::spawn(answers_in_time(server));
    let mut answers = stream::iter(1..=3).map(ask).buffer_unordered(3);
    while let Some(in_time) = answers.next().await {
        println!("in time: {}", in_time.unwrap());
        sleep(Duration::from_secs(3)).await;
    }
}
