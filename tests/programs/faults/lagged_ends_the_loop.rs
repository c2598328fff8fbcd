//! A receiver takes `Lagged` for the end and leaves, while its sender still sends.
//!
//! Source: <https://github.com/jito-labs/shredstream-proxy/pull/68>
//! Cause: as if the channel were closed | the end

use std::time::Duration;

use tokio::{sync::broadcast, time::sleep};

async fn app() {
    let (tx, mut rx) = broadcast::channel(4);
    let receiver = tokio::spawn(async move {
        let mut received = 0;
        while let Ok(_) = rx.recv().await {
            //~^ W10
            received += 1;
            sleep(Duration::from_millis(20)).await;
        }
        received
    });
    for number in 0..50 {
        let _ = tx.send(number);
        sleep(Duration::from_millis(2)).await;
    }
    println!("sent 50, received {}", receiver.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
