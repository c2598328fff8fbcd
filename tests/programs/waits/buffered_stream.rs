//! Six fetches through `buffered(3)`: a fetch begins when there is room and somebody polls.
//!
//! Source: class of <https://docs.rs/futures/latest/futures/stream/trait.StreamExt.html#method.buffered>

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;

use crate::expect;

async fn fetch(number: u64) -> u64 {
    sleep(Duration::from_millis(100)).await; //~ at: fetch
    number
}

async fn app() {
    // The next three begin one by one, as the first three are taken, which is at once.
    for (from, to) in [(0, 100), (100, 200)] {
        for _ in 0..3 {
            expect::at("fetch").kind("sleep").ready(from, to);
        }
    }
    let mut fetched = stream::iter(0..6).map(fetch).buffered(3);
    while fetched.next().await.is_some() {}
}

pub(crate) fn main() {
    workbook::run(app())
}
