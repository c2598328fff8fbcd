//! `recv` is written as a loop around `try_recv` and `yield_now`, which is always ready to run again.
//!
//! Source: <https://github.com/freenet/freenet-core/pull/2336>
//! Cause: yield | over and over | again and again

use std::time::Duration;

use async_channel::{Receiver, TryRecvError};

async fn receive(rx: &Receiver<u32>) -> Option<u32> {
    loop {
        match rx.try_recv() {
            Ok(number) => return Some(number),
            Err(TryRecvError::Closed) => return None,
            Err(TryRecvError::Empty) => tokio::task::yield_now().await, //~ W06
        }
    }
}

async fn app() {
    let (tx, rx) = async_channel::unbounded();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        tx.send(1).await.unwrap();
    });
    println!("{:?}", receive(&rx).await);
}

pub(crate) fn main() {
    workbook::run(app())
}
