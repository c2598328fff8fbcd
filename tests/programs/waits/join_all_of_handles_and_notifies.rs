//! `join_all` over ten arms of one async fn: each awaits a task, and then a `Notify`.
//!
//! Source: own small program of this shape

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Notify,
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use crate::expect::{self, due};

const ARMS: u64 = 10;

async fn arm_of(handle: JoinHandle<()>, notify: Arc<Notify>) {
    handle.await.unwrap(); //~ at: join
    notify.notified().await; //~ at: notified
}

async fn app() {
    for arm in 0..ARMS {
        let (first, second) = (format!("task {}", 2 * arm + 1), format!("task {}", 2 * arm + 2));
        expect::at("join").kind("join").woken_by(first).ready(0, due(arm, 0));
        let notified = expect::at("notified").kind("notify").made_at("notify").woken_by(second);
        notified.ready(due(arm, 0), due(arm, 1));
    }
    let start = Instant::now();
    let mut arms = Vec::new();
    for arm in 0..ARMS {
        let notify = Arc::new(Notify::new()); //~ at: notify
        let handle = tokio::spawn(sleep_until(start + Duration::from_millis(due(arm, 0))));
        let theirs = notify.clone();
        tokio::spawn(async move {
            sleep_until(start + Duration::from_millis(due(arm, 1))).await;
            theirs.notify_one();
            sleep_until(start + Duration::from_secs(60)).await;
        });
        arms.push(arm_of(handle, notify));
    }
    futures::future::join_all(arms).await;
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
