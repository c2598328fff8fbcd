//! Two tasks take two locks in opposite order, while a progress bar ticks on for ever. On one thread.
//!
//! Source: own small program of this shape
//! Cause: lock | mutex

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{interval, sleep},
};

async fn progress() {
    let mut ticks = interval(Duration::from_millis(500));
    loop {
        ticks.tick().await;
    }
}

async fn transfer(from: Arc<Mutex<i32>>, to: Arc<Mutex<i32>>) {
    let mut from = from.lock().await;
    sleep(Duration::from_millis(10)).await;
    let mut to = to.lock().await; //~ W01
    *from -= 1;
    *to += 1;
}

async fn app() {
    tokio::spawn(progress());
    let (a, b) = (Arc::new(Mutex::new(10)), Arc::new(Mutex::new(20)));
    let there = tokio::spawn(transfer(a.clone(), b.clone()));
    let back = tokio::spawn(transfer(b.clone(), a.clone()));
    there.await.unwrap();
    back.await.unwrap();
    println!("{} {}", a.lock().await, b.lock().await);
}

pub(crate) fn main() {
    workbook::run(app())
}
