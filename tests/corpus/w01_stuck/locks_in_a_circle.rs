//! Two tasks take the same two locks, each in its own order.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::sleep};

async fn both(first: Arc<Mutex<u32>>, second: Arc<Mutex<u32>>) {
    let mut one = first.lock().await;
    sleep(Duration::from_millis(10)).await;
    let mut other = second.lock().await; //~ W01
    *one += 1;
    *other += 1;
}

pub(crate) async fn faulty() {
    let (left, right) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let here = tokio::spawn(both(Arc::clone(&left), Arc::clone(&right)));
    let there = tokio::spawn(both(right, left));
    here.await.unwrap();
    there.await.unwrap();
}

pub(crate) async fn right() {
    let (left, right) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let here = tokio::spawn(both(Arc::clone(&left), Arc::clone(&right)));
    let there = tokio::spawn(both(left, right));
    here.await.unwrap();
    there.await.unwrap();
}
