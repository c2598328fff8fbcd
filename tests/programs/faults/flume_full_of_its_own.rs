//! The only task that could receive sends into a full flume channel first.
//!
//! Source: own small program of this shape
//! Cause: channel | room

async fn app() {
    let (tx, rx) = flume::bounded(2);
    for number in 0..3 {
        tx.send_async(number).await.unwrap(); //~ W01
    }
    drop(tx);
    while let Ok(number) = rx.recv_async().await {
        println!("{number}");
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
