//! A timeout around a handle gives up the handle, not the task.

use std::time::Duration;

use tokio::time::{sleep, timeout};
use workbook::println;

async fn upload() {
    sleep(Duration::from_secs(5)).await;
    println!("uploaded");
}

pub(crate) async fn faulty() {
    let uploading = tokio::spawn(upload()); //~ W03
    if timeout(Duration::from_secs(2), uploading).await.is_err() {
        println!("it takes too long");
    }
}

pub(crate) async fn right() {
    let mut uploading = tokio::spawn(upload());
    if timeout(Duration::from_secs(2), &mut uploading).await.is_err() {
        println!("it takes too long");
        uploading.abort();
    }
}
