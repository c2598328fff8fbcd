//! A timeout cannot end what never awaits.

use std::time::Duration;

use tokio::time::timeout;
use workbook::{println, thread};

async fn slow() -> u32 {
    thread::sleep(Duration::from_secs(10)); //~ W02
    7
}

async fn slow_but_polite() -> u32 {
    tokio::time::sleep(Duration::from_secs(10)).await;
    7
}

pub(crate) async fn faulty() {
    println!("{:?}", timeout(Duration::from_secs(1), slow()).await);
}

pub(crate) async fn right() {
    println!("{:?}", timeout(Duration::from_secs(1), slow_but_polite()).await);
}
