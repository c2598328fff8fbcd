//! A task writes what it is sent to a file; main sends three lines and returns while the task still writes.
//!
//! Source: class of <https://github.com/tokio-rs/tokio/issues/4296>
//! Cause: returned

use std::time::Duration;

use tokio::{io::AsyncWriteExt, sync::mpsc, time::sleep};

async fn write(mut rx: mpsc::Receiver<String>) {
    let mut file = tokio::io::sink();
    while let Some(line) = rx.recv().await {
        sleep(Duration::from_millis(50)).await;
        file.write_all(line.as_bytes()).await.unwrap();
    }
    println!("written");
}

async fn app() {
    let (tx, rx) = mpsc::channel(10);
    tokio::spawn(write(rx)); //~ W03
    for line in ["one", "two", "three"] {
        tx.send(line.to_string()).await.unwrap();
    }
    println!("sent");
}

pub(crate) fn main() {
    workbook::run(app())
}
