//! Three tasks follow a setting through a watch channel, and end when its sender is gone.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/watch/>

use std::time::Duration;

use tokio::{sync::watch, time::sleep};

async fn follow(mut level: watch::Receiver<u32>) -> u32 {
    let mut last = *level.borrow();
    while level.changed().await.is_ok() {
        last = *level.borrow_and_update();
    }
    last
}

async fn app() {
    let (tx, rx) = watch::channel(0);
    let followers: Vec<_> = (0..3).map(|_| tokio::spawn(follow(rx.clone()))).collect();
    for level in 1..5 {
        sleep(Duration::from_millis(10)).await;
        tx.send(level).unwrap();
    }
    drop(tx);
    for follower in followers {
        println!("{}", follower.await.unwrap());
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
