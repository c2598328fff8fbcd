//! The same await is reached through several functions, boxed and recursive, in three arms at once.
//!
//! Source: own small program of this shape

use std::{pin::Pin, time::Duration};

use tokio::time::sleep;

use crate::expect;

async fn nap(millis: u64) {
    sleep(Duration::from_millis(millis)).await; //~ at: nap
}

fn down(depth: u64, millis: u64) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        if depth > 0 {
            down(depth - 1, millis).await;
        }
        nap(millis).await;
    })
}

async fn app() {
    for (depth, millis) in [(0, 17), (2, 29), (4, 41)] {
        for turn in 0..=depth {
            expect::at("nap").kind("sleep").ready(millis * turn, millis * (turn + 1));
        }
    }
    futures::join!(down(0, 17), down(2, 29), down(4, 41));
}

pub(crate) fn main() {
    workbook::run(app())
}
