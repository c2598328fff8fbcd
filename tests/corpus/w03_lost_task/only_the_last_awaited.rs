//! Each spawn in a loop forgets the handle of the one before it.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn visit(place: &'static str, seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
    println!("back from {place}");
}

const PLACES: [(&str, u64); 3] = [("Rome", 3), ("Oslo", 2), ("Bonn", 1)];

pub(crate) async fn faulty() {
    let mut last = None;
    for (place, seconds) in PLACES {
        last = Some(tokio::spawn(visit(place, seconds))); //~ W03
    }
    last.unwrap().await.unwrap();
}

pub(crate) async fn right() {
    let mut last = None;
    for (place, seconds) in PLACES.into_iter().rev() {
        last = Some(tokio::spawn(visit(place, seconds)));
    }
    last.unwrap().await.unwrap();
}
