//! A ticker, a worker between two jobs and who watches over them are left to the runtime.

use std::time::Duration;

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{interval, sleep},
};
use workbook::println;

async fn tick() {
    let mut ticks = interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
        println!("tick");
    }
}

async fn double(mut jobs: mpsc::Receiver<(u32, oneshot::Sender<u32>)>, settings: watch::Receiver<u32>) {
    while let Some((number, answer)) = jobs.recv().await {
        sleep(Duration::from_millis(100)).await;
        let _ = answer.send(number * *settings.borrow());
    }
}

pub(crate) async fn right() {
    let (ask, jobs) = mpsc::channel(4);
    let (_settings, factor) = watch::channel(2);
    tokio::spawn(async move {
        let ticking = tokio::spawn(tick());
        let doubling = tokio::spawn(double(jobs, factor));
        let _ = tokio::join!(ticking, doubling);
    });
    for number in 1..=2 {
        let (answer, told) = oneshot::channel();
        ask.send((number, answer)).await.unwrap();
        println!("{:?}", told.await);
    }
}
