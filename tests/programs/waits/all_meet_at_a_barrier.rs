//! Four tasks arrive at a barrier at different times; the last lets all go.
//!
//! Source: own small program of this shape

use std::{sync::Arc, time::Duration};

use tokio::{sync::Barrier, task::JoinSet, time::sleep};

use crate::expect;

async fn arrive(barrier: Arc<Barrier>, millis: u64) {
    sleep(Duration::from_millis(millis)).await;
    barrier.wait().await; //~ at: meet
}

async fn app() {
    for (task, from) in [(1, 10), (2, 20), (3, 30)] {
        let meet = expect::at("meet").kind("barrier").task(format!("task {task}")).made_at("barrier");
        meet.woken_by("task 4").ready(from, 40);
    }
    let barrier = Arc::new(Barrier::new(4)); //~ at: barrier
    let mut tasks = JoinSet::new();
    for task in 1..=4 {
        tasks.spawn(arrive(barrier.clone(), 10 * task));
    }
    tasks.join_all().await;
}

pub(crate) fn main() {
    workbook::run(app())
}
