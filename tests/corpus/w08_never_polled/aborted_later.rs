//! Tasks are aborted after their first turn, or after they have ended.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn hum() {
    println!("hm");
    sleep(Duration::from_secs(3600)).await;
}

pub(crate) async fn right() {
    let (short, long) = (tokio::spawn(async { println!("done") }), tokio::spawn(hum()));
    sleep(Duration::from_secs(1)).await;
    short.abort();
    long.abort();
    println!("{} and {}", short.await.is_ok(), long.await.is_ok());
}
