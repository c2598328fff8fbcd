//! A loop that ends at any error ends at the first lag, with most of the messages still to come.

use std::time::Duration;

use tokio::{
    sync::broadcast::{self, Receiver, error::RecvError},
    task::JoinHandle,
    time::sleep,
};
use workbook::println;

#[workbook::awaits::tracked]
async fn count_all(counter: impl FnOnce(Receiver<u32>) -> JoinHandle<u32>) {
    let (tx, rx) = broadcast::channel(4);
    let counter = counter(rx);
    for number in 0..20 {
        let _ = tx.send(number);
        sleep(Duration::from_millis(1)).await;
    }
    drop(tx);
    println!("{} of 20", counter.await.unwrap());
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    count_all(|mut rx| {
        tokio::spawn(async move {
            let mut count = 0;
            while let Ok(_number) = rx.recv().await {
                //~^ W10
                count += 1;
                sleep(Duration::from_millis(10)).await;
            }
            count
        })
    })
    .await;
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    count_all(|mut rx| {
        tokio::spawn(async move {
            let mut count = 0;
            loop {
                match rx.recv().await {
                    Ok(_number) => count += 1,
                    Err(RecvError::Lagged(missed)) => count += missed as u32,
                    Err(RecvError::Closed) => return count,
                }
                sleep(Duration::from_millis(10)).await;
            }
        })
    })
    .await;
}
