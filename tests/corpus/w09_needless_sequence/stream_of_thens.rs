//! A stream works on one item at a time, though the items do not need each other.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;
use workbook::println;

async fn translate(word: &'static str) -> String {
    sleep(Duration::from_secs(1)).await;
    word.to_uppercase()
}

pub(crate) async fn faulty() {
    let words: Vec<String> = stream::iter(["sun", "moon", "star"]).then(translate).collect().await; //~ W09
    println!("{words:?}");
}

pub(crate) async fn right() {
    let words: Vec<String> = stream::iter(["sun", "moon", "star"]).map(translate).buffered(3).collect().await;
    println!("{words:?}");
}
