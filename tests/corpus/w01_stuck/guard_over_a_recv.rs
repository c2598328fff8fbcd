//! A task holds a lock while it waits for a message, and whoever sends the message needs the lock first.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{
        Mutex,
        mpsc::{self, Sender},
    },
    time::sleep,
};
use workbook::println;

async fn count(counter: Arc<Mutex<u32>>, done: Sender<&'static str>) {
    sleep(Duration::from_secs(1)).await;
    *counter.lock().await += 1;
    done.send("counted").await.unwrap();
}

pub(crate) async fn faulty() {
    let counter = Arc::new(Mutex::new(0));
    let (done, mut news) = mpsc::channel(1);
    let counting = tokio::spawn(count(Arc::clone(&counter), done));
    let value = counter.lock().await;
    println!("{:?}: {value}", news.recv().await); //~ W01
    counting.await.unwrap();
}

pub(crate) async fn right() {
    let counter = Arc::new(Mutex::new(0));
    let (done, mut news) = mpsc::channel(1);
    let counting = tokio::spawn(count(Arc::clone(&counter), done));
    let news = news.recv().await;
    let value = counter.lock().await;
    println!("{news:?}: {value}");
    counting.await.unwrap();
}
