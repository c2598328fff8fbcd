//! One task listens to another, and both have more to do when the main function returns.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    time::sleep,
};
use workbook::println;

async fn talk(words: Sender<&'static str>) {
    for word in ["one", "two", "three"] {
        words.send(word).await.unwrap();
        sleep(Duration::from_secs(1)).await;
    }
}

async fn listen(mut words: Receiver<&'static str>) {
    while let Some(word) = words.recv().await {
        println!("heard {word}");
    }
}

pub(crate) async fn faulty() {
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(talk(tx)); //~ W03
    tokio::spawn(listen(rx)); //~ W03
    sleep(Duration::from_millis(1500)).await;
}

pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(talk(tx));
    let listening = tokio::spawn(listen(rx));
    sleep(Duration::from_millis(1500)).await;
    listening.await.unwrap();
}
