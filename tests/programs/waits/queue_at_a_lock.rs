//! Five tasks take one lock, for 10 ms each, in the order in which they asked.
//!
//! Source: own small program of this shape

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, task::JoinSet, time::sleep};

use crate::expect;

async fn work(lock: Arc<Mutex<u64>>) {
    let mut guard = lock.lock().await; //~ at: lock
    sleep(Duration::from_millis(10)).await; //~ at: work
    *guard += 1;
}

async fn app() {
    for task in 1..=5 {
        let name = format!("task {task}");
        expect::at("work").kind("sleep").task(&name).ready(10 * (task - 1), 10 * task);
        if task > 1 {
            let lock = expect::at("lock").kind("mutex").task(&name).made_at("mutex");
            lock.woken_by(format!("task {}", task - 1)).ready(0, 10 * (task - 1));
        }
    }
    let lock = Arc::new(Mutex::new(0)); //~ at: mutex
    let mut tasks = JoinSet::new();
    for _ in 0..5 {
        tasks.spawn(work(lock.clone()));
    }
    tasks.join_all().await;
}

pub(crate) fn main() {
    workbook::run(app())
}
