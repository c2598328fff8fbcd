//! A lock of futures-rs is unfair: a task that lets go of it and takes it again in the same turn keeps the other one waiting.
//!
//! Source: class of <https://github.com/asomers/futures-locks/issues/34>
//! Cause: not fair | unfair

use std::{sync::Arc, time::Duration};

use futures::lock::Mutex;
use tokio::time::{Instant, sleep};

async fn app() {
    let began = Instant::now();
    let table = Arc::new(Mutex::new(0));
    let theirs = table.clone();
    let busy = tokio::spawn(async move {
        for _ in 0..100 {
            let mut table = theirs.lock().await;
            sleep(Duration::from_millis(20)).await;
            *table += 1;
        }
    });
    sleep(Duration::from_millis(10)).await;
    let rows = *table.lock().await; //~ W13
    println!("{rows} rows after {:?}", began.elapsed());
    busy.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
