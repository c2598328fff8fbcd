//! `TaskTracker::wait` waits until the tracker is closed and empty; nobody closes it.
//!
//! Source: class of <https://docs.rs/tokio-util/latest/tokio_util/task/struct.TaskTracker.html>
//! Cause: tracker | notify | close

use std::time::Duration;

use tokio_util::task::TaskTracker;

async fn app() {
    let tracker = TaskTracker::new();
    for number in 0..3 {
        tracker.spawn(async move {
            tokio::time::sleep(Duration::from_millis(10 * number)).await;
            println!("{number}");
        });
    }
    tracker.wait().await; //~ W01
    println!("all done");
}

pub(crate) fn main() {
    workbook::run(app())
}
