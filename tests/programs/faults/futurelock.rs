//! A lock whose turn goes to a future that is no longer polled: "futurelock". The select! still owns `slow`, which is next
//! in the queue of the lock, while its other arm waits for the same lock.
//!
//! Source: <https://rfd.shared.oxide.computer/rfd/0609>
//! Cause: not polled | nobody polls | no longer polled | polls it no more | is never polled
//! Untrue: somebody holds the lock and does not let go

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{
    sync::{Mutex, oneshot},
    time::sleep,
};

async fn use_it(lock: Arc<Mutex<u32>>, who: &str) {
    println!("{who} asks");
    let mut guard = lock.lock().await; //~ W01
    *guard += 1;
    println!("{who} is done");
}

async fn app() {
    let lock = Arc::new(Mutex::new(0));
    let (tx, rx) = oneshot::channel();
    let other = lock.clone();
    let holder = tokio::spawn(async move {
        let _guard = other.lock().await;
        tx.send(()).unwrap();
        sleep(Duration::from_secs(5)).await;
    });
    rx.await.unwrap();
    let mut slow = use_it(lock.clone(), "slow").boxed();
    tokio::select! {
        _ = &mut slow => {}
        _ = sleep(Duration::from_millis(500)) => {
            use_it(lock.clone(), "fallback").await;
        }
    }
    holder.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
