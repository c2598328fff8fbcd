//! Main awaits the handle of a task that panics, and throws the result away.
//!
//! Source: class of <https://github.com/scylladb/scylla-rust-driver/issues/1436>
//! Cause: panicked
//! Clock: both

use std::time::Duration;

async fn sync_state(round: u32) {
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert!(round < 2, "round {round} is out of order"); //~ W04
}

async fn app() {
    for round in 0..4 {
        let _ = tokio::spawn(sync_state(round)).await;
        if round == 2 {
            break;
        }
    }
    println!("in step");
}

pub(crate) fn main() {
    workbook::run(app())
}
