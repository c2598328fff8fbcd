//! `while let Some(Ok(…))` over a `BroadcastStream` ends at the first lag, as if the sender were gone.
//!
//! Source: <https://github.com/Polymarket/rs-clob-client/pull/279>
//! Cause: as if the channel were closed | the end

use std::time::Duration;

use tokio::{sync::broadcast, time::sleep};
use tokio_stream::{StreamExt, wrappers::BroadcastStream};

async fn app() {
    let (tx, rx) = broadcast::channel(8);
    let reader = tokio::spawn(async move {
        let mut prices = BroadcastStream::new(rx);
        let mut seen = 0;
        while let Some(Ok(_)) = prices.next().await {
            //~^ W10
            seen += 1;
            sleep(Duration::from_millis(10)).await;
        }
        seen
    });
    for price in 0..100 {
        let _ = tx.send(price);
        sleep(Duration::from_millis(1)).await;
    }
    drop(tx);
    println!("{} of 100 prices seen", reader.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
