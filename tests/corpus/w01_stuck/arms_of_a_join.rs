//! Two arms of one join take the same two locks, each in its own order.

use std::time::Duration;

use tokio::{sync::Mutex, time::sleep};
use workbook::println;

async fn transfer(from: &Mutex<i32>, to: &Mutex<i32>, amount: i32) {
    let mut from = from.lock().await;
    sleep(Duration::from_millis(10)).await;
    let mut to = to.lock().await; //~ W01
    *from -= amount;
    *to += amount;
}

pub(crate) async fn faulty() {
    let (ada, alan) = (Mutex::new(100), Mutex::new(100));
    tokio::join!(transfer(&ada, &alan, 10), transfer(&alan, &ada, 20));
    println!("{ada:?} {alan:?}");
}

pub(crate) async fn right() {
    let (ada, alan) = (Mutex::new(100), Mutex::new(100));
    tokio::join!(transfer(&ada, &alan, 10), transfer(&ada, &alan, -20));
    println!("{ada:?} {alan:?}");
}
