//! The body of the loop awaits, too, but is back soon.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;
use workbook::println;

#[workbook::awaits::tracked]
async fn fetch(page: u64) -> u64 {
    sleep(Duration::from_millis(100 + 40 * page)).await;
    sleep(Duration::from_millis(20)).await;
    page
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut pages = stream::iter(0..9).map(fetch).buffered(3);
    while let Some(page) = pages.next().await {
        sleep(Duration::from_millis(150)).await;
        println!("page {page}");
    }
}
