//! `abort` does nothing to a closure on the blocking pool that has begun; its handle is awaited, and the closure is never
//! told to stop.
//!
//! Source: class of <https://github.com/MaterializeInc/materialize/pull/7389>
//! Cause: blocking pool | spawn_blocking | closure

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

async fn app() {
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    let closure = tokio::task::spawn_blocking(move || {
        //~^ W07 or W01
        while !told.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(5));
        }
    });
    tokio::time::sleep(Duration::from_millis(20)).await;
    closure.abort();
    println!("{:?}", closure.await);
    stop.store(true, Ordering::Relaxed);
}

pub(crate) fn main() {
    workbook::run(app())
}
