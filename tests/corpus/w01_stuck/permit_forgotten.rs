//! Every download takes a permit and forgets it, so that the third waits for ever.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, time::sleep};
use workbook::println;

async fn download(number: u32, permits: Arc<Semaphore>) {
    let permit = permits.acquire().await.unwrap(); //~ W01
    permit.forget();
    sleep(Duration::from_secs(1)).await;
    println!("{number} is here");
}

async fn download_politely(number: u32, permits: Arc<Semaphore>) {
    let permit = permits.acquire().await.unwrap();
    permit.forget();
    sleep(Duration::from_secs(1)).await;
    println!("{number} is here");
    permits.add_permits(1);
}

pub(crate) async fn faulty() {
    let permits = Arc::new(Semaphore::new(2));
    let downloads = (1..=3).map(|number| tokio::spawn(download(number, Arc::clone(&permits))));
    futures::future::join_all(downloads).await;
}

pub(crate) async fn right() {
    let permits = Arc::new(Semaphore::new(2));
    let downloads = (1..=3).map(|number| tokio::spawn(download_politely(number, Arc::clone(&permits))));
    futures::future::join_all(downloads).await;
}
