//! A `LocalSet` runs until one future is done; the task that it spawned is dropped with the set, its upload half done.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/task/struct.LocalSet.html#method.run_until>
//! Cause: dropped | before | not done

use std::time::Duration;

use tokio::{
    runtime::Builder,
    task::{LocalSet, spawn_local},
    time::sleep,
};

async fn upload() {
    for part in 0..3 {
        sleep(Duration::from_millis(100)).await;
        println!("part {part}");
    }
}

fn app() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let local = LocalSet::new();
    runtime.block_on(local.run_until(async {
        spawn_local(upload()); //~ W03
        sleep(Duration::from_millis(150)).await;
    }));
    println!("done");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
