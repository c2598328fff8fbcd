//! A guard of `parking_lot`'s `Mutex` lives across an await, and the other arm of the join wants the lock meanwhile.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::sleep;
use workbook::println;

async fn tick(ticks: &Mutex<u32>) {
    let mut ticks = ticks.lock(); //~ W02
    sleep(Duration::from_millis(10)).await;
    *ticks += 1;
}

async fn wait_then_tick(ticks: &Mutex<u32>) {
    sleep(Duration::from_millis(10)).await;
    *ticks.lock() += 1;
}

pub(crate) async fn faulty() {
    let ticks = Mutex::new(0);
    tokio::join!(tick(&ticks), tick(&ticks));
    println!("{}", ticks.lock());
}

pub(crate) async fn right() {
    let ticks = Mutex::new(0);
    tokio::join!(wait_then_tick(&ticks), wait_then_tick(&ticks));
    println!("{}", ticks.lock());
}
