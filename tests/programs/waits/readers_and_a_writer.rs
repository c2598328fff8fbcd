//! Three readers, a writer that waits for them, and a reader that waits for the writer.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/struct.RwLock.html>

use std::{sync::Arc, time::Duration};

use tokio::{sync::RwLock, time::sleep};

use crate::expect;

async fn read(lock: Arc<RwLock<u64>>, millis: u64) -> u64 {
    let guard = lock.read().await; //~ at: read
    sleep(Duration::from_millis(millis)).await;
    *guard
}

async fn write(lock: Arc<RwLock<u64>>) {
    let mut guard = lock.write().await; //~ at: write
    sleep(Duration::from_millis(25)).await;
    *guard += 1;
}

async fn app() {
    // The slowest of the first three readers lets the writer in after 30 ms.
    let write_wait = expect::at("write").kind("rwlock").task("task 4").made_at("lock");
    write_wait.woken_by("task 3").ready(0, 30);
    let read_wait = expect::at("read").kind("rwlock").task("task 5").made_at("lock");
    read_wait.woken_by("task 4").ready(0, 55);

    let lock = Arc::new(RwLock::new(0)); //~ at: lock
    let readers = [10, 20, 30].map(|millis| tokio::spawn(read(lock.clone(), millis)));
    let writer = tokio::spawn(write(lock.clone()));
    let last = tokio::spawn(read(lock.clone(), 5));
    for reader in readers {
        reader.await.unwrap();
    }
    writer.await.unwrap();
    last.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
