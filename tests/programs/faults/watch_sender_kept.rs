//! Main waits for a change of a setting that nothing changes any more; the sender is in the same task.
//!
//! Source: own small program of this shape
//! Cause: sender | watch

use tokio::sync::watch;

async fn app() {
    let (tx, mut rx) = watch::channel(0);
    let setter = tokio::spawn({
        let tx = tx.clone();
        async move {
            for level in 1..4 {
                tx.send(level).unwrap();
                tokio::task::yield_now().await;
            }
        }
    });
    while rx.changed().await.is_ok() {
        //~^ W01
        println!("{}", *rx.borrow_and_update());
    }
    setter.await.unwrap();
    drop(tx);
}

pub(crate) fn main() {
    workbook::run(app())
}
