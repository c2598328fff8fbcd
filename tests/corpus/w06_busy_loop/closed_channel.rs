//! A loop goes on receiving from a channel that is closed, and gets nothing at once, again and again.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    time::sleep,
};
use workbook::println;

async fn jobs() -> Receiver<&'static str> {
    let (tx, rx) = mpsc::channel(4);
    tx.send("wash").await.unwrap();
    tx.send("dry").await.unwrap();
    rx
}

pub(crate) async fn faulty() {
    let mut jobs = jobs().await;
    loop {
        if let Some(job) = jobs.recv().await {
            //~^ W06
            sleep(Duration::from_secs(1)).await;
            println!("{job} is done");
        }
    }
}

pub(crate) async fn right() {
    let mut jobs = jobs().await;
    while let Some(job) = jobs.recv().await {
        sleep(Duration::from_secs(1)).await;
        println!("{job} is done");
    }
}
