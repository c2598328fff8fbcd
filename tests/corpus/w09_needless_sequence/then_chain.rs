//! Three waits are chained with `then`, though none uses what the one before it has brought.

use std::time::Duration;

use futures::{FutureExt, future};
use tokio::time::sleep;
use workbook::println;

async fn ask(place: &str) -> usize {
    sleep(Duration::from_secs(1)).await;
    place.len()
}

pub(crate) async fn faulty() {
    let asking = ask("Rome").then(|_| ask("Oslo")).then(|_| ask("Bonn"));
    println!("{}", asking.await); //~ W09
}

pub(crate) async fn right() {
    let asking = future::join3(ask("Rome"), ask("Oslo"), ask("Bonn"));
    println!("{:?}", asking.await);
}
