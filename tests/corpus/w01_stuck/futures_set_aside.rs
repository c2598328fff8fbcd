//! The futures of a `FuturesUnordered` send over a channel, and the loop over them waits for more values than have come: while
//! it does, the futures that would send the rest are not polled.

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{
    sync::mpsc::{self, Sender},
    time::sleep,
};
use workbook::println;

async fn job(number: u64, tx: Sender<u64>) -> u64 {
    sleep(Duration::from_millis(5 * number)).await;
    tx.send(number).await.unwrap();
    number
}

pub(crate) async fn faulty() {
    let (tx, mut results) = mpsc::channel(1);
    let mut jobs: FuturesUnordered<_> = (1..4).map(|number| job(number, tx.clone())).collect();
    drop(tx);
    while let Some(number) = jobs.next().await {
        for _ in 0..2 {
            let result = results.recv().await; //~ W01
            println!("{number}: {result:?}");
        }
    }
}

pub(crate) async fn right() {
    let (tx, mut results) = mpsc::channel(1);
    let mut jobs: FuturesUnordered<_> = (1..4).map(|number| tokio::spawn(job(number, tx.clone()))).collect();
    drop(tx);
    while let Some(number) = jobs.next().await {
        println!("{number:?}: {:?}", results.recv().await);
    }
}
