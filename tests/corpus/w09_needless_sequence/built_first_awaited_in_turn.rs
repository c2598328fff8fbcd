//! The futures are made first, which begins nothing, and awaited in turn.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn boil(what: &str) {
    sleep(Duration::from_secs(3)).await;
    println!("{what} are done");
}

pub(crate) async fn faulty() {
    let eggs = boil("eggs");
    let noodles = boil("noodles");
    eggs.await; //~ W09
    noodles.await;
}

pub(crate) async fn right() {
    let eggs = boil("eggs");
    let noodles = boil("noodles");
    tokio::join!(eggs, noodles);
}
