//! A sleep that is made, bound to nothing, and never awaited.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

pub(crate) async fn faulty() {
    println!("one");
    let _ = sleep(Duration::from_secs(1)); //~ W08
    println!("two");
}

pub(crate) async fn right() {
    println!("one");
    sleep(Duration::from_secs(1)).await;
    println!("two");
}
