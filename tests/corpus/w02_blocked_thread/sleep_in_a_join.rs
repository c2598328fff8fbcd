//! One arm of a join puts the whole thread to sleep.

use std::time::Duration;

use workbook::thread;

async fn polite() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}

async fn rude() {
    thread::sleep(Duration::from_secs(2)); //~ W02
}

pub(crate) async fn faulty() {
    tokio::join!(polite(), rude());
}

pub(crate) async fn right() {
    tokio::join!(polite(), tokio::time::sleep(Duration::from_secs(2)));
}
