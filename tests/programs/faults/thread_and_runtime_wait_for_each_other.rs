//! A runtime built by hand waits for a value from a thread, and the thread waits for a permission that main would give
//! afterwards.
//!
//! Source: own small program of this shape
//! Cause: channel

use std::thread;

use tokio::{runtime::Builder, sync::mpsc};

fn app() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (tx, mut rx) = mpsc::channel(1);
    let (permit, permitted) = std::sync::mpsc::channel();
    let worker = thread::spawn(move || {
        permitted.recv().unwrap();
        tx.blocking_send(1).unwrap();
    });
    let value = runtime.block_on(async {
        rx.recv().await //~ W01
    });
    permit.send(()).unwrap();
    worker.join().unwrap();
    println!("{value:?}");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
