//! A loop awaits one page after the other.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::sleep;
use workbook::println;

async fn fetch(page: u32) -> String {
    sleep(Duration::from_secs(1)).await;
    format!("page {page}")
}

pub(crate) async fn faulty() {
    let mut pages = Vec::new();
    for page in 1..=5 {
        pages.push(fetch(page).await); //~ W09
    }
    println!("{pages:?}");
}

pub(crate) async fn right() {
    let mut pages = Vec::new();
    for page in 1..=5 {
        pages.push(fetch(page));
    }
    println!("{:?}", join_all(pages).await);
}
