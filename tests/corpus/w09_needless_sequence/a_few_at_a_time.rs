//! Only two downloads go on at a time, on purpose.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;
use workbook::println;

async fn download(number: u64) -> u64 {
    sleep(Duration::from_secs(number)).await;
    number
}

pub(crate) async fn right() {
    let mut downloads = stream::iter((1..=6).map(download)).buffer_unordered(2);
    while let Some(number) = downloads.next().await {
        println!("{number} is here");
    }
}
