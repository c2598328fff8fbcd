//! `tokio::spawn` is handed to `map`, and nobody awaits the handles.

use std::time::Duration;

use futures::future::join_all;
use tokio::{task::JoinHandle, time::sleep};
use workbook::println;

async fn send_letter(number: u32) {
    sleep(Duration::from_secs(1)).await;
    println!("letter {number} is sent");
}

pub(crate) async fn faulty() {
    let letters: Vec<JoinHandle<()>> = (0..3).map(send_letter).map(tokio::spawn).collect(); //~ W03
    println!("{} letters are on their way", letters.len());
}

pub(crate) async fn right() {
    let letters: Vec<JoinHandle<()>> = (0..3).map(send_letter).map(tokio::spawn).collect();
    println!("{} letters are on their way", letters.len());
    join_all(letters).await;
}
