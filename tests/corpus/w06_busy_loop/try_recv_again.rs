//! A task asks an empty channel for a value again and again, instead of waiting for one.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    task::yield_now,
    time::sleep,
};
use workbook::println;

async fn slow_answer() -> Receiver<u32> {
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        tx.send(42).await.unwrap();
    });
    rx
}

pub(crate) async fn faulty() {
    let mut answer = slow_answer().await;
    let answer = loop {
        if let Ok(answer) = answer.try_recv() {
            break answer;
        }
        yield_now().await; //~ W06
    };
    println!("{answer}");
}

pub(crate) async fn right() {
    let mut answer = slow_answer().await;
    let answer = match answer.try_recv() {
        Ok(answer) => Some(answer),
        Err(_) => answer.recv().await,
    };
    println!("{answer:?}");
}
