//! N tasks that each take one lock twice.
//!
//! Source: own small program of this shape
//! Sizes: 1000 10000 50000

use std::sync::Arc;

use tokio::{sync::Mutex, task::yield_now};

async fn count(total: Arc<Mutex<u64>>) {
    *total.lock().await += 1;
    yield_now().await;
    *total.lock().await += 1;
}

async fn app() {
    let tasks: u64 = std::env::var("N").unwrap().parse().unwrap();
    let total = Arc::new(Mutex::new(0));
    let counters: Vec<_> = (0..tasks).map(|_| tokio::spawn(count(total.clone()))).collect();
    for counter in counters {
        counter.await.unwrap();
    }
    assert_eq!(*total.lock().await, 2 * tasks);
}

pub(crate) fn main() {
    workbook::run(app())
}
