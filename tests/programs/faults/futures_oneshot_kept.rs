//! A task awaits a oneshot of futures-rs whose sender lies in a map of answers that nobody gives.
//!
//! Source: own small program of this shape
//! Cause: oneshot | channel

use std::collections::HashMap;

use futures::channel::oneshot;

async fn app() {
    let mut pending = HashMap::new();
    let (tx, rx) = oneshot::channel::<String>();
    pending.insert(1, tx);
    let answer = rx.await; //~ W01
    println!("{answer:?}");
    pending.remove(&2);
}

pub(crate) fn main() {
    workbook::run(app())
}
