//! Tasks of a `LocalSet` under `#[tokio::main]` on one thread: each waits for a oneshot that main sends.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    sync::oneshot,
    task::{LocalSet, spawn_local},
    time::sleep,
};

use crate::expect;

async fn waits(rx: oneshot::Receiver<u64>) -> u64 {
    rx.await.unwrap() //~ at: answer
}

async fn tells_both() {
    let (one, first) = oneshot::channel(); //~ at: one
    let (two, second) = oneshot::channel(); //~ at: two
    let (first, second) = (spawn_local(waits(first)), spawn_local(waits(second)));
    sleep(Duration::from_millis(35)).await; //~ at: pause
    two.send(2).unwrap();
    sleep(Duration::from_millis(45)).await; //~ at: second pause
    one.send(1).unwrap();
    assert_eq!(first.await.unwrap() + second.await.unwrap(), 3);
}

#[tokio::main(flavor = "current_thread")]
async fn app() {
    let answer = || expect::at("answer").kind("oneshot").woken_by("main");
    answer().task("task 1").made_at("one").ready(0, 80);
    answer().task("task 2").made_at("two").ready(0, 35);
    expect::at("pause").kind("sleep").ready(0, 35);
    expect::at("second pause").kind("sleep").ready(35, 80);
    LocalSet::new().run_until(tells_both()).await;
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
