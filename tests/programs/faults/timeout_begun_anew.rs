//! A deadline that is begun anew each time it is over never ends anything.
//!
//! Source: own small program of this shape
//! Cause: without an end | does not end | went on | limit

use std::time::Duration;

use tokio::{sync::mpsc, time::timeout};

async fn app() {
    let (tx, mut rx) = mpsc::channel::<u32>(1);
    let number = loop {
        match timeout(Duration::from_secs(5), rx.recv()).await {
            //~^ W07
            Ok(number) => break number,
            Err(_) => println!("still waiting"),
        }
    };
    println!("{number:?} {}", tx.is_closed());
}

pub(crate) fn main() {
    workbook::run(app())
}
