//! `notify_waiters` wakes those that wait already; this one waits later. On several threads.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/struct.Notify.html#method.notify_waiters>
//! Cause: notify

use std::sync::Arc;

use tokio::sync::Notify;

#[tokio::main]
async fn app() {
    let ready = Arc::new(Notify::new());
    let theirs = ready.clone();
    let setup = tokio::spawn(async move { theirs.notify_waiters() });
    setup.await.unwrap();
    ready.notified().await; //~ W01
    println!("ready");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
