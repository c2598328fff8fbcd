//! Each task is awaited before the next one is spawned.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn resize(picture: u32) -> u32 {
    sleep(Duration::from_secs(2)).await; //~ W09
    picture / 2
}

pub(crate) async fn faulty() {
    for picture in [400, 800, 1200] {
        println!("{}", tokio::spawn(resize(picture)).await.unwrap());
    }
}

pub(crate) async fn right() {
    for resizing in [400, 800, 1200].map(|picture| tokio::spawn(resize(picture))) {
        println!("{}", resizing.await.unwrap());
    }
}
