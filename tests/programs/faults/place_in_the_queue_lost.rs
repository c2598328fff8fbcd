//! A task asks for a lock with a short deadline and tries again: each time it loses its place in the queue, and the others,
//! who wait patiently, are always before it.
//!
//! Source: <https://docs.rs/tokio/latest/tokio/macro.select.html#cancellation-safety>
//! Cause: place in the queue

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};

async fn work(lock: Arc<Mutex<u32>>) {
    for _ in 0..50 {
        let mut count = lock.lock().await;
        sleep(Duration::from_millis(20)).await;
        *count += 1;
    }
}

async fn app() {
    let lock = Arc::new(Mutex::new(0));
    let workers: Vec<_> = (0..3).map(|_| tokio::spawn(work(lock.clone()))).collect();
    sleep(Duration::from_millis(5)).await;
    let mut tries = 1;
    while timeout(Duration::from_millis(15), lock.lock()).await.is_err() {
        //~^ W13
        tries += 1;
    }
    println!("{tries} tries");
    for worker in workers {
        worker.await.unwrap();
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
