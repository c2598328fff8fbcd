//! A `select!` in a loop polls a request by `&mut`. The arm of a tick takes long, and the answer is not looked at meanwhile.

use std::{pin::pin, time::Duration};

use tokio::time::{interval, sleep};
use workbook::println;

#[workbook::awaits::tracked]
async fn request() -> u32 {
    sleep(Duration::from_millis(150)).await;
    sleep(Duration::from_millis(150)).await;
    42
}

#[workbook::awaits::tracked]
async fn clean_up() {
    sleep(Duration::from_secs(6)).await;
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let mut answer = pin!(request());
    let mut minutes = interval(Duration::from_secs(60));
    loop {
        tokio::select! {
            biased;
            answer = &mut answer => break println!("{answer}"),
            _ = minutes.tick() => clean_up().await, //~ W12
        }
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut answer = pin!(request());
    let mut minutes = interval(Duration::from_secs(60));
    let mut cleaning = None;
    loop {
        tokio::select! {
            biased;
            answer = &mut answer => break println!("{answer}"),
            _ = minutes.tick() => cleaning = Some(tokio::spawn(clean_up())),
        }
    }
    if let Some(cleaning) = cleaning {
        cleaning.await.unwrap();
    }
}
