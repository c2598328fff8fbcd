//! A deadline and an arm that takes long: the deadline is looked at a little late, and nothing waits for that.

use std::{pin::pin, time::Duration};

use tokio::{sync::mpsc, time::sleep};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel(4);
    tx.send(3).await.unwrap();
    let mut deadline = pin!(sleep(Duration::from_millis(500)));
    loop {
        tokio::select! {
            biased;
            () = &mut deadline => break,
            Some(seconds) = rx.recv() => sleep(Duration::from_secs(seconds)).await,
        }
    }
    println!("the end");
}
