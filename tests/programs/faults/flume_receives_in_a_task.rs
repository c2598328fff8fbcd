//! A task receives with the blocking `recv` of flume, in a loop that ends when a task on the same thread drops the sender.
//!
//! Source: <https://github.com/zesterer/flume/issues/124>
//! Cause: channel | receiv | waits
//! Untrue: at work here

async fn app() {
    let (tx, rx) = flume::bounded(10);
    let receiver = tokio::spawn(async move {
        while let Ok(number) = rx.recv() {
            //~^ W02
            println!("{number}");
            tokio::task::yield_now().await;
        }
    });
    for number in 0..3 {
        tx.send_async(number).await.unwrap();
        tokio::task::yield_now().await;
    }
    tokio::task::yield_now().await;
    drop(tx);
    receiver.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
