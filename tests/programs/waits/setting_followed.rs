//! Two tasks follow a setting that changes three times.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{sync::watch, time::sleep};

use crate::expect;

async fn follow(mut setting: watch::Receiver<u64>) {
    loop {
        let changed = setting.changed().await; //~ at: changed
        if changed.is_err() {
            break;
        }
    }
}

async fn app() {
    for task in 1..=2 {
        for (from, to) in [(0, 30), (30, 60), (60, 90), (90, 100)] {
            let changed = expect::at("changed").kind("watch").task(format!("task {task}")).made_at("watch");
            changed.woken_by("main").ready(from, to);
        }
    }
    let (tx, rx) = watch::channel(0); //~ at: watch
    let followers = [tokio::spawn(follow(rx.clone())), tokio::spawn(follow(rx))];
    for level in 1..=3 {
        sleep(Duration::from_millis(30)).await;
        tx.send(level).unwrap();
    }
    sleep(Duration::from_millis(10)).await;
    drop(tx);
    for follower in followers {
        follower.await.unwrap();
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
