//! The tasks of a `TaskTracker` are done, and nobody has closed it. A clerk beside them has nothing to do, and is not to blame.

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tokio_util::task::TaskTracker;
use workbook::println;

async fn clerk(mut orders: mpsc::Receiver<u32>) {
    while let Some(order) = orders.recv().await {
        println!("order {order} is noted");
    }
}

async fn cook(order: u32, orders: mpsc::Sender<u32>) {
    sleep(Duration::from_millis(10)).await;
    orders.send(order).await.unwrap();
}

pub(crate) async fn faulty() {
    let (tx, rx) = mpsc::channel(8);
    let clerk = tokio::spawn(clerk(rx));
    let cooks = TaskTracker::new();
    for order in 1..=3 {
        cooks.spawn(cook(order, tx.clone()));
    }
    cooks.wait().await; //~ W01
    drop(tx);
    clerk.await.unwrap();
}

pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel(8);
    let clerk = tokio::spawn(clerk(rx));
    let cooks = TaskTracker::new();
    for order in 1..=3 {
        cooks.spawn(cook(order, tx.clone()));
    }
    cooks.close();
    cooks.wait().await;
    drop(tx);
    clerk.await.unwrap();
}
