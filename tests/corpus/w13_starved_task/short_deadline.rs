//! Two workers take turns at a lock. A third task asks with a deadline that is shorter than one turn, and tries again.

use std::{pin::pin, sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};
use workbook::println;

#[workbook::awaits::tracked]
async fn work(shared: Arc<Mutex<u32>>) {
    for _ in 0..6 {
        let mut done = shared.lock().await;
        sleep(Duration::from_millis(30)).await;
        *done += 1;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let shared = Arc::new(Mutex::new(0));
    let workers = [tokio::spawn(work(shared.clone())), tokio::spawn(work(shared.clone()))];
    sleep(Duration::from_millis(5)).await;
    loop {
        let turn = timeout(Duration::from_millis(20), shared.lock()).await; //~ W13
        match turn {
            Ok(done) => break println!("{done} are done"),
            Err(_) => println!("not yet"),
        }
    }
    for worker in workers {
        worker.await.unwrap();
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let shared = Arc::new(Mutex::new(0));
    let workers = [tokio::spawn(work(shared.clone())), tokio::spawn(work(shared.clone()))];
    sleep(Duration::from_millis(5)).await;
    let mut turn = pin!(shared.lock());
    loop {
        match timeout(Duration::from_millis(20), &mut turn).await {
            Ok(done) => break println!("{} are done", *done),
            Err(_) => println!("not yet"),
        }
    }
    for worker in workers {
        worker.await.unwrap();
    }
}
