//! A display is slower than the sender of the prices, and passes over the error that tells what it has missed.

use std::time::Duration;

use tokio::{
    sync::broadcast::{self, Sender, error::RecvError},
    time::sleep,
};
use workbook::println;

#[workbook::awaits::tracked]
async fn send_prices(prices: Sender<u32>) {
    for price in 1..=9 {
        sleep(Duration::from_millis(10)).await;
        prices.send(price).unwrap();
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (prices, mut display) = broadcast::channel(2);
    tokio::spawn(send_prices(prices));
    loop {
        let received = display.recv().await; //~ W10
        match received {
            Ok(price) => println!("{price}"),
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => break,
        }
        sleep(Duration::from_millis(40)).await;
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (prices, mut display) = broadcast::channel(2);
    tokio::spawn(send_prices(prices));
    loop {
        match display.recv().await {
            Ok(price) => println!("{price}"),
            Err(RecvError::Lagged(missed)) => println!("({missed} prices were too fast for this display)"),
            Err(RecvError::Closed) => break,
        }
        sleep(Duration::from_millis(40)).await;
    }
}
