//! A listener waits for the end of a broadcast whose sender lives as long as the program.

use tokio::sync::broadcast::{self, Receiver};
use workbook::println;

async fn listen(mut news: Receiver<&'static str>) {
    while let Ok(text) = news.recv().await {
        //~^ W01
        println!("{text}");
    }
}

pub(crate) async fn faulty() {
    let (sender, news) = broadcast::channel(8);
    let listener = tokio::spawn(listen(news));
    sender.send("it rains").unwrap();
    sender.send("it pours").unwrap();
    listener.await.unwrap();
}

pub(crate) async fn right() {
    let (sender, news) = broadcast::channel(8);
    let listener = tokio::spawn(listen(news));
    sender.send("it rains").unwrap();
    sender.send("it pours").unwrap();
    drop(sender);
    listener.await.unwrap();
}
