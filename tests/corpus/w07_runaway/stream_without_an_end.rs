//! A stream that has no end is followed to its end.

use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use tokio::time::sleep;
use workbook::println;

fn measurements() -> impl Stream<Item = u32> {
    stream::unfold(20, |degrees| async move {
        sleep(Duration::from_secs(60)).await; //~ W07
        Some((degrees, (degrees + 7) % 30))
    })
}

pub(crate) async fn faulty() {
    let highest = measurements().fold(0, |highest, degrees| async move { highest.max(degrees) }).await;
    println!("at most {highest} degrees");
}

pub(crate) async fn right() {
    let highest = measurements().take(100).fold(0, |highest, degrees| async move { highest.max(degrees) }).await;
    println!("at most {highest} degrees");
}
