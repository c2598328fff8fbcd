//! A task tries to get a lock in a loop, while whoever holds it waits for time to pass.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    task::yield_now,
    time::{Instant, sleep},
};
use workbook::println;

async fn use_printer(printer: Arc<Mutex<u32>>) {
    let mut pages = printer.lock().await;
    sleep(Duration::from_secs(1)).await;
    *pages += 1;
}

pub(crate) async fn faulty() {
    let printer = Arc::new(Mutex::new(0));
    let printing = tokio::spawn(use_printer(Arc::clone(&printer)));
    yield_now().await;
    let pages = loop {
        match printer.try_lock() {
            Ok(pages) => break *pages,
            Err(_) => yield_now().await, //~ W06
        }
    };
    println!("{pages}");
    printing.await.unwrap();
}

pub(crate) async fn right() {
    let printer = Arc::new(Mutex::new(0));
    let printing = tokio::spawn(use_printer(Arc::clone(&printer)));
    yield_now().await;
    let began = Instant::now();
    let pages = loop {
        match printer.try_lock() {
            Ok(pages) => break *pages,
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    };
    println!("{pages} after {:?}", began.elapsed());
    printing.await.unwrap();
}
