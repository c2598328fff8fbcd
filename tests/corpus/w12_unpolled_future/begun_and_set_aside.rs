//! A download is begun, given a moment to be done at once, and set aside; it goes no further until it is awaited.

use std::time::Duration;

use futures::{FutureExt, future::BoxFuture};
use tokio::time::{sleep, timeout};
use workbook::println;

#[workbook::awaits::tracked]
async fn download() -> u32 {
    for _part in 0..3 {
        sleep(Duration::from_millis(200)).await;
    }
    3
}

#[workbook::awaits::tracked]
async fn draw_the_page(mut picture: BoxFuture<'static, u32>) {
    if timeout(Duration::from_millis(50), &mut picture).await.is_err() {
        sleep(Duration::from_secs(2)).await; //~ W12
        println!("{} parts", picture.await);
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    draw_the_page(download().boxed()).await;
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let picture = tokio::spawn(download()).map(Result::unwrap);
    draw_the_page(picture.boxed()).await;
}
