//! A loop looks at a flag again and again, and whoever would set it never has a turn.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::sleep;
use workbook::println;

async fn prepare(ready: Arc<AtomicBool>) {
    sleep(Duration::from_millis(10)).await;
    ready.store(true, Ordering::SeqCst);
}

fn spin_until(ready: &AtomicBool) {
    while !ready.load(Ordering::SeqCst) {} //~ W02
}

pub(crate) async fn faulty() {
    let ready = Arc::new(AtomicBool::new(false));
    let preparing = tokio::spawn(prepare(Arc::clone(&ready)));
    spin_until(&ready);
    println!("ready");
    preparing.await.unwrap();
}

pub(crate) async fn right() {
    let ready = Arc::new(AtomicBool::new(false));
    let preparing = tokio::spawn(prepare(Arc::clone(&ready)));
    while !ready.load(Ordering::SeqCst) {
        sleep(Duration::from_millis(1)).await;
    }
    println!("ready");
    preparing.await.unwrap();
}
