//! Three tasks wait for one `Notify`: the first is notified alone, the others together.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/struct.Notify.html>

use std::{sync::Arc, time::Duration};

use tokio::{sync::Notify, task::JoinSet, time::sleep};

use crate::expect;

async fn wait(notify: Arc<Notify>) {
    notify.notified().await; //~ at: notified
}

async fn app() {
    for (task, to) in [(1, 25), (2, 60), (3, 60)] {
        let notified = expect::at("notified").kind("notify").task(format!("task {task}")).made_at("notify");
        notified.woken_by("main").ready(0, to);
    }
    let notify = Arc::new(Notify::new()); //~ at: notify
    let mut tasks = JoinSet::new();
    for _ in 0..3 {
        tasks.spawn(wait(notify.clone()));
    }
    sleep(Duration::from_millis(25)).await;
    notify.notify_one();
    sleep(Duration::from_millis(35)).await;
    notify.notify_waiters();
    tasks.join_all().await;
}

pub(crate) fn main() {
    workbook::run(app())
}
