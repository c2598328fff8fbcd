//! Two tasks of a `LocalSet` each wait for a value that the other sends only afterwards.
//!
//! Source: own small program of this shape
//! Cause: channel | oneshot
//! Clock: both

use tokio::{sync::oneshot, task::LocalSet};

async fn exchange(theirs: oneshot::Receiver<u32>, mine: oneshot::Sender<u32>, number: u32) {
    let other = theirs.await.unwrap(); //~ W01
    mine.send(number).unwrap();
    println!("{number} knows {other}");
}

async fn exchange_locally() {
    let (to_a, of_a) = oneshot::channel();
    let (to_b, of_b) = oneshot::channel();
    let a = tokio::task::spawn_local(exchange(of_a, to_b, 1));
    let b = tokio::task::spawn_local(exchange(of_b, to_a, 2));
    a.await.unwrap();
    b.await.unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn app() {
    LocalSet::new().run_until(exchange_locally()).await;
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
