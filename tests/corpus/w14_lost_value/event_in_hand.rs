//! An arm takes an order from a channel and then waits for its price; a tick in between drops it.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};
use workbook::println;

type Order = &'static str;

async fn order(tx: mpsc::Sender<Order>) {
    for order in ["tea", "bread", "jam"] {
        sleep(Duration::from_millis(700)).await;
        tx.send(order).await.unwrap();
    }
}

#[workbook::awaits::tracked]
async fn priced(rx: &mut mpsc::Receiver<Order>) -> Option<Order> {
    let order = rx.recv().await?;
    sleep(Duration::from_millis(400)).await; //~ W14
    Some(order)
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (tx, mut rx) = mpsc::channel(4);
    let ordering = tokio::spawn(order(tx));
    let mut ticks = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            priced = priced(&mut rx) => match priced {
                Some(order) => println!("{order}"),
                None => break,
            },
            _ = ticks.tick() => println!("tick"),
        }
    }
    ordering.await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel(4);
    let ordering = tokio::spawn(order(tx));
    let mut ticks = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            order = rx.recv() => {
                let Some(order) = order else { break };
                sleep(Duration::from_millis(400)).await;
                println!("{order}");
            }
            _ = ticks.tick() => println!("tick"),
        }
    }
    ordering.await.unwrap();
}
