//! A task follows a watch channel for ever, and who holds its sender waits for the task.

use std::time::Duration;

use tokio::{
    sync::watch::{self, Receiver},
    time::sleep,
};
use workbook::println;

async fn follow(mut level: Receiver<u32>) {
    while level.changed().await.is_ok() {
        //~^ W01
        println!("the level is {}", *level.borrow());
    }
}

pub(crate) async fn faulty() {
    let (tx, level) = watch::channel(0);
    let follower = tokio::spawn(follow(level));
    for value in 1..=3 {
        sleep(Duration::from_secs(1)).await;
        tx.send_replace(value);
    }
    follower.await.unwrap();
}

pub(crate) async fn right() {
    let (tx, level) = watch::channel(0);
    let follower = tokio::spawn(follow(level));
    for value in 1..=3 {
        sleep(Duration::from_secs(1)).await;
        tx.send_replace(value);
    }
    drop(tx);
    follower.await.unwrap();
}
