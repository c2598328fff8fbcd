//! Threads block on futures with the handle of a runtime that has two workers of its own.
//!
//! Source: <https://docs.rs/tokio/latest/tokio/runtime/struct.Handle.html#method.block_on>

use std::{sync::Arc, thread, time::Duration};

use tokio::{runtime::Builder, sync::Mutex, time::sleep};

fn app() {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let total = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..4)
        .map(|number| {
            let (handle, total) = (runtime.handle().clone(), total.clone());
            thread::spawn(move || {
                handle.block_on(async {
                    let mut total = total.lock().await;
                    sleep(Duration::from_millis(15)).await;
                    *total += number;
                });
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{}", runtime.block_on(total.lock()));
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
