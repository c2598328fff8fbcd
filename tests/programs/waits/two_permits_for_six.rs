//! Six tasks need one of two permits for 20 ms each.
//!
//! Source: own small program of this shape

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet, time::sleep};

use crate::expect;

async fn work(permits: Arc<Semaphore>) {
    let _permit = permits.acquire().await.unwrap(); //~ at: acquire
    sleep(Duration::from_millis(20)).await;
}

async fn app() {
    for task in 3..=6 {
        let acquire = expect::at("acquire").kind("semaphore").task(format!("task {task}")).made_at("semaphore");
        acquire.woken_by(format!("task {}", task - 2)).ready(0, 20 * ((task - 1) / 2));
    }
    let permits = Arc::new(Semaphore::new(2)); //~ at: semaphore
    let mut tasks = JoinSet::new();
    for _ in 0..6 {
        tasks.spawn(work(permits.clone()));
    }
    tasks.join_all().await;
}

pub(crate) fn main() {
    workbook::run(app())
}
