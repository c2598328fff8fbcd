//! A task is aborted in a sleep, a deadline drops another sleep, and an error in a `try_join!` drops a third.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::time::{sleep, timeout};

use crate::expect;

async fn long() {
    sleep(Duration::from_secs(10)).await; //~ at: long
}

async fn long_too() {
    sleep(Duration::from_secs(20)).await; //~ at: long too
}

async fn endless() -> Result<(), u32> {
    sleep(Duration::from_secs(30)).await; //~ at: endless
    Ok(())
}

async fn fails() -> Result<(), u32> {
    sleep(Duration::from_millis(70)).await; //~ at: fails
    Err(1)
}

async fn app() {
    expect::at("long").kind("sleep").task("task 1").dropped(0, 50);
    expect::at("pause").kind("sleep").ready(0, 50);
    expect::at("long too").kind("sleep").dropped(50, 80);
    expect::at("endless").kind("sleep").dropped(80, 150);
    expect::at("fails").kind("sleep").ready(80, 150);

    let task = tokio::spawn(long());
    sleep(Duration::from_millis(50)).await; //~ at: pause
    task.abort();
    let _ = task.await;
    assert!(timeout(Duration::from_millis(30), long_too()).await.is_err());
    assert_eq!(tokio::try_join!(endless(), fails()), Err(1));
}

pub(crate) fn main() {
    workbook::run(app())
}
