//! Main awaits a worker that ends when it is cancelled, and would cancel it afterwards.
//!
//! Source: own small program of this shape
//! Cause: cancel | token | notify

use tokio_util::sync::CancellationToken;

async fn work(token: CancellationToken) {
    token.cancelled().await; //~ W01
    println!("cancelled");
}

async fn app() {
    let token = CancellationToken::new();
    let worker = tokio::spawn(work(token.clone()));
    worker.await.unwrap();
    token.cancel();
}

pub(crate) fn main() {
    workbook::run(app())
}
