//! A task blocks on a lock inside `block_in_place`, and its own older future, which nobody polls meanwhile, is next in the
//! queue of that lock.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/7892>
//! Cause: lock | mutex
//! Untrue: at work here

use std::{sync::Arc, time::Duration};

use tokio::{runtime::Handle, sync::Mutex, task, time::sleep};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    let lock = Arc::new(Mutex::new(0));
    let guard = lock.clone().lock_owned().await;
    let theirs = lock.clone();
    let job = tokio::spawn(async move {
        let mut first = Box::pin(theirs.clone().lock_owned());
        tokio::select! {
            _ = &mut first => {}
            _ = sleep(Duration::from_millis(20)) => {
                let _guard = task::block_in_place(|| {
                    Handle::current().block_on(theirs.lock()) //~ W02
                });
            }
        }
    });
    sleep(Duration::from_millis(50)).await;
    drop(guard);
    job.await.unwrap();
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
