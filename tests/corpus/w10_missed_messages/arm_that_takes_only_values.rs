//! An arm of a `select!` with the pattern `Ok(…)` is passed over when the receiver lags.

use std::time::Duration;

use tokio::{
    sync::broadcast,
    time::{interval, sleep},
};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (tx, mut orders) = broadcast::channel(2);
    let mut ticks = interval(Duration::from_millis(100));
    for order in 0..6 {
        tx.send(order).unwrap();
    }
    for _ in 0..4 {
        tokio::select! {
            biased;
            Ok(order) = orders.recv() => println!("order {order}"), //~ W10
            _ = ticks.tick() => println!("still here"),
        }
        sleep(Duration::from_millis(5)).await;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (tx, mut orders) = broadcast::channel(2);
    let mut ticks = interval(Duration::from_millis(100));
    for order in 0..6 {
        tx.send(order).unwrap();
    }
    for _ in 0..4 {
        tokio::select! {
            biased;
            order = orders.recv() => match order {
                Ok(order) => println!("order {order}"),
                Err(error) => println!("{error}"),
            },
            _ = ticks.tick() => println!("still here"),
        }
        sleep(Duration::from_millis(5)).await;
    }
}
