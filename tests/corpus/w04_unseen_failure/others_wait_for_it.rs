//! A detached task panics, and the main function waits for ever for what it should have sent.

use tokio::sync::mpsc;
use workbook::println;

const WORDS: [&str; 3] = ["one", "two", "three"];

async fn send_first(words: mpsc::Sender<&'static str>, count: usize) {
    for word in &WORDS[..count] {  //~ W04
        words.send(word).await.unwrap();
    }
}

pub(crate) async fn faulty() {
    let (tx, mut rx) = mpsc::channel(8);
    // Kept for words of its own.
    let _own = tx.clone();
    tokio::spawn(send_first(tx, 4));
    for _ in 0..4 {
        println!("{:?}", rx.recv().await); //~ W01
    }
}

pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel(8);
    let _own = tx.clone();
    tokio::spawn(send_first(tx, 3));
    for _ in 0..3 {
        println!("{:?}", rx.recv().await);
    }
}
