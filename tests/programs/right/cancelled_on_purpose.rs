//! Everything here is cancelled on purpose: the slower of hedged requests, a task that is aborted before its first poll,
//! a set that is shut down, a set that is dropped.
//!
//! Source: own small program of this shape

use std::{future::pending, time::Duration};

use tokio::{task::JoinSet, time::sleep};

async fn tick_for_ever() {
    loop {
        sleep(Duration::from_secs(1)).await;
    }
}

async fn app() {
    let mut hedged = JoinSet::new();
    for number in 1..=3 {
        hedged.spawn(async move {
            sleep(Duration::from_millis(100 * number)).await;
            number
        });
    }
    let first = hedged.join_next().await.unwrap().unwrap();
    drop(hedged);

    let unwanted = tokio::spawn(sleep(Duration::from_secs(1)));
    unwanted.abort();

    let mut shut_down = JoinSet::new();
    shut_down.spawn(pending::<()>());
    shut_down.spawn(tick_for_ever());
    sleep(Duration::from_millis(10)).await;
    shut_down.shutdown().await;

    let mut dropped = JoinSet::new();
    dropped.spawn(tick_for_ever());
    sleep(Duration::from_millis(10)).await;
    drop(dropped);
    println!("{first}");
}

pub(crate) fn main() {
    workbook::run(app())
}
