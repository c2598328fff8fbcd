//! The tasks are spawned first, and awaited one after another.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn bake(bread: u64) -> u64 {
    sleep(Duration::from_secs(bread)).await;
    bread
}

pub(crate) async fn right() {
    let breads: Vec<_> = (1..=4).rev().map(|bread| tokio::spawn(bake(bread))).collect();
    for bread in breads {
        println!("{}", bread.await.unwrap());
    }
}
