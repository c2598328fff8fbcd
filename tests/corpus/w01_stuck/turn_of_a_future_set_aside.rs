//! A future waits for a lock in a `select!` and is set aside when a deadline comes first. Its turn comes while the arm of the
//! deadline waits for the same lock.

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{sync::Mutex, time::sleep};
use workbook::println;

async fn add(shared: &Mutex<u32>, who: &str) {
    let mut total = shared.lock().await; //~ W01
    *total += 1;
    println!("{who} added one");
}

fn somebody_has(shared: &Arc<Mutex<u32>>) {
    let shared = shared.clone();
    tokio::spawn(async move {
        let _guard = shared.lock().await;
        sleep(Duration::from_secs(5)).await;
    });
}

pub(crate) async fn faulty() {
    let shared = Arc::new(Mutex::new(0));
    somebody_has(&shared);
    sleep(Duration::from_millis(1)).await;
    let mut slow = add(&shared, "the first").boxed();
    tokio::select! {
        () = &mut slow => {}
        () = sleep(Duration::from_millis(500)) => add(&shared, "the second").await,
    }
}

pub(crate) async fn right() {
    let shared = Arc::new(Mutex::new(0));
    somebody_has(&shared);
    sleep(Duration::from_millis(1)).await;
    tokio::select! {
        () = add(&shared, "the first") => {}
        () = sleep(Duration::from_millis(500)) => add(&shared, "the second").await,
    }
}
