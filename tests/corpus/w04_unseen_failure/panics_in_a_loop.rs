//! Some of the tasks that a loop spawns panic, and nobody kept their handles.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn halve(number: u32) {
    sleep(Duration::from_millis(10)).await;
    assert!(number.is_multiple_of(2), "{number} is odd"); //~ W04
    println!("{}", number / 2);
}

pub(crate) async fn faulty() {
    for number in 0..6 {
        tokio::spawn(halve(number));
    }
    sleep(Duration::from_secs(1)).await;
}

pub(crate) async fn right() {
    let mut halving = Vec::new();
    for number in 0..6 {
        halving.push(tokio::spawn(halve(number)));
    }
    let results = futures::future::join_all(halving).await;
    println!("{} panicked", results.iter().filter(|result| result.is_err()).count());
}
