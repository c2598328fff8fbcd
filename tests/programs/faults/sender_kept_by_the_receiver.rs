//! The task that receives keeps the sender that it makes clones of, so that the channel never closes.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/1761>
//! Cause: sender
//! Clock: both

use tokio::sync::mpsc;

enum Order {
    Start,
    Done(u32),
}

async fn work(number: u32, tx: mpsc::Sender<Order>) {
    tx.send(Order::Done(number)).await.unwrap();
}

async fn app() {
    let (tx, mut rx) = mpsc::channel(100);
    tx.send(Order::Start).await.unwrap();
    while let Some(order) = rx.recv().await {
        //~^ W01
        match order {
            Order::Start => {
                for number in 0..3 {
                    tokio::spawn(work(number, tx.clone()));
                }
            }
            Order::Done(number) => println!("{number} is done"),
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
