//! Tasks that wait for each other's locks beside a heartbeat, and each of which has a way out: a deadline, a supervisor that
//! aborts it, a guard that has moved on to another task.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};
use workbook::println;

type Lock = Arc<Mutex<u32>>;

async fn with_a_deadline(first: Lock, second: Lock) -> bool {
    let _first = first.lock().await;
    sleep(Duration::from_secs(1)).await;
    timeout(Duration::from_secs(60), second.lock()).await.is_ok()
}

async fn without(first: Lock, second: Lock) {
    let _first = first.lock().await;
    sleep(Duration::from_secs(1)).await;
    let _second = second.lock().await;
}

async fn supervised() {
    let (a, b) = (Lock::default(), Lock::default());
    let mut there = tokio::spawn(without(a.clone(), b.clone()));
    let back = tokio::spawn(without(b, a));
    if timeout(Duration::from_secs(60), &mut there).await.is_err() {
        there.abort();
    }
    back.await.unwrap();
}

async fn moved() {
    let lock = Lock::default();
    let guard = lock.clone().lock_owned().await;
    tokio::spawn(async move {
        sleep(Duration::from_secs(60)).await;
        drop(guard);
    });
    *lock.lock().await += 1;
}

pub(crate) async fn right() {
    let beat = tokio::spawn(async {
        loop {
            sleep(Duration::from_secs(1)).await;
        }
    });
    let (a, b) = (Lock::default(), Lock::default());
    let there = tokio::spawn(with_a_deadline(a.clone(), b.clone()));
    let back = tokio::spawn(without(b, a));
    println!("{}", there.await.unwrap());
    back.await.unwrap();
    supervised().await;
    moved().await;
    beat.abort();
}
