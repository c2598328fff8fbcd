//! A program that enters a runtime of its own and waits there, as its last argument says. `tests/program/waiting.rs` runs it.

use std::{future::pending, sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, RwLock},
    time::{interval, sleep},
};
use workbook::println;

fn main() {
    let way = std::env::args().next_back().unwrap_or_default();
    workbook::run_sync(|| match way.as_str() {
        "deadlock" => deadlock(),
        "deadlock beside a heartbeat" => deadlock_beside_a_heartbeat(),
        "kept" => kept(),
        #[cfg(unix)]
        "handles" => handles(),
        _ => std::println!("nothing is called '{way}'"),
    });
}

#[tokio::main]
async fn deadlock() {
    let stock = Arc::new(RwLock::new(3));
    let theirs = stock.clone();
    let before = stock.read().await;
    let order = tokio::spawn(async move { *theirs.write().await -= 1 });
    sleep(Duration::from_millis(10)).await;
    let after = stock.read().await;
    drop((before, after));
    order.await.unwrap();
}

#[tokio::main]
async fn deadlock_beside_a_heartbeat() {
    tokio::spawn(heartbeat());
    let (a, b) = (Arc::new(Mutex::new(0)), Arc::new(Mutex::new(0)));
    let there = tokio::spawn(both(a.clone(), b.clone()));
    let back = tokio::spawn(both(b, a));
    let _ = tokio::join!(there, back);
}

async fn both(first: Arc<Mutex<u32>>, second: Arc<Mutex<u32>>) {
    let _first = first.lock().await;
    sleep(Duration::from_millis(10)).await;
    let _second = second.lock().await;
}

async fn heartbeat() {
    let mut beat = interval(Duration::from_millis(1));
    loop {
        beat.tick().await;
    }
}

/// Nothing is certain here: the task that holds the lock waits for something that nobody knows.
#[tokio::main(flavor = "current_thread")]
async fn kept() {
    tokio::spawn(heartbeat());
    let lock = Arc::new(Mutex::new(0));
    let theirs = lock.clone();
    tokio::spawn(async move {
        let _guard = theirs.lock().await;
        pending::<()>().await;
    });
    sleep(Duration::from_millis(1)).await;
    println!("it waits");
    *lock.lock().await += 1;
}

#[cfg(unix)]
#[tokio::main]
async fn handles() {
    let mut interrupts = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt()).unwrap();
    println!("it waits");
    interrupts.recv().await;
    println!("it stops by itself");
}
