//! A request is polled by `&mut` in every turn of a select! loop: its own await is one wait from beginning to end, and the
//! naps beside it are others.
//!
//! Source: own small program of this shape

use std::{pin::pin, time::Duration};

use tokio::time::sleep;

use crate::expect;

async fn request() {
    sleep(Duration::from_millis(100)).await; //~ at: request
}

async fn nap() {
    sleep(Duration::from_millis(30)).await; //~ at: nap
}

async fn app() {
    expect::at("request").kind("sleep").ready(0, 100);
    expect::at("nap").kind("sleep").ready(0, 30);
    expect::at("nap").kind("sleep").ready(30, 60);
    expect::at("nap").kind("sleep").ready(60, 90);
    expect::at("nap").kind("sleep").dropped(90, 100);
    let mut request = pin!(request());
    loop {
        tokio::select! {
            () = &mut request => break,
            () = nap() => {}
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
