//! Two tasks on two threads take two locks in opposite order, while a heartbeat goes on for ever.
//!
//! Source: own small program of this shape
//! Cause: lock | mutex

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Barrier, Mutex},
    time::{interval, sleep},
};

async fn heartbeat() {
    let mut beats = interval(Duration::from_millis(20));
    loop {
        beats.tick().await;
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    tokio::spawn(heartbeat());
    let (accounts, journal) = (Arc::new(Mutex::new(1)), Arc::new(Mutex::new(2)));
    let both = Arc::new(Barrier::new(2));
    let (a, j, b) = (accounts.clone(), journal.clone(), both.clone());
    let audit = tokio::spawn(async move {
        let journal = j.lock().await;
        b.wait().await;
        let accounts = a.lock().await; //~ W01
        println!("{journal} {accounts}");
    });
    let accounts = accounts.lock().await;
    both.wait().await;
    sleep(Duration::from_millis(5)).await;
    let journal = journal.lock().await; //~ W01
    println!("{accounts} {journal}");
    drop((accounts, journal));
    audit.await.unwrap();
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
