//! A task waits for a thread of the standard library, and with it everybody else.

use std::{thread, time::Duration};

use tokio::time::sleep;
use workbook::println;

fn convert() -> u32 {
    thread::sleep(Duration::from_millis(400));
    7
}

async fn blink() {
    sleep(Duration::from_millis(100)).await;
    println!("blink");
}

pub(crate) async fn faulty() {
    let blinking = tokio::spawn(blink());
    let converting = thread::spawn(convert);
    println!("{}", converting.join().unwrap()); //~ W02
    blinking.await.unwrap();
}

pub(crate) async fn right() {
    let blinking = tokio::spawn(blink());
    let converting = tokio::task::spawn_blocking(convert);
    println!("{}", converting.await.unwrap());
    blinking.await.unwrap();
}
