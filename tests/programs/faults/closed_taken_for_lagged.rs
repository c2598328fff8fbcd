//! A subscriber goes on after any error, also after `Closed`, which comes at once and for ever.
//!
//! Source: <https://github.com/calimero-network/core/pull/2258>
//! Cause: at once | closed | over and over | again and again | spins

use std::time::Duration;

use tokio::{
    sync::broadcast,
    time::{sleep, timeout},
};

async fn acknowledged(mut rx: broadcast::Receiver<u32>) -> u32 {
    loop {
        match rx.recv().await {
            //~^ W06
            Ok(number) if number > 2 => return number,
            Ok(_) | Err(_) => continue,
        }
    }
}

async fn app() {
    let (tx, rx) = broadcast::channel(16);
    tokio::spawn(async move {
        for number in 0..3 {
            tx.send(number).unwrap();
            sleep(Duration::from_millis(10)).await;
        }
    });
    println!("{:?}", timeout(Duration::from_secs(30), acknowledged(rx)).await);
}

pub(crate) fn main() {
    workbook::run(app())
}
