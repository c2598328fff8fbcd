//! A loop of pauses has no end, and the main function waits for its task.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn blink() {
    let mut on = false;
    loop {
        on = !on;
        sleep(Duration::from_secs(1)).await; //~ W07
    }
}

pub(crate) async fn faulty() {
    let light = tokio::spawn(blink());
    sleep(Duration::from_secs(10)).await;
    light.await.unwrap();
    println!("dark");
}

pub(crate) async fn right() {
    let light = tokio::spawn(blink());
    sleep(Duration::from_secs(10)).await;
    light.abort();
    println!("{}", light.await.is_err());
}
