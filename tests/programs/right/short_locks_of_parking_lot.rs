//! Tasks on two threads take a lock of `parking_lot` for a moment each, never across an await.
//!
//! Source: class of <https://tokio.rs/tokio/tutorial/shared-state>
//! Clock: both

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use parking_lot::{Mutex, RwLock};
use tokio::{task::JoinSet, time::sleep};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    let counts: Arc<Mutex<BTreeMap<u64, u64>>> = Arc::default();
    let step = Arc::new(RwLock::new(1));
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let (counts, step) = (counts.clone(), step.clone());
        tasks.spawn(async move {
            for _ in 0..10 {
                *counts.lock().entry(number % 5).or_default() += *step.read();
                sleep(Duration::from_millis(1)).await;
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    println!("{:?}", counts.lock());
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
