//! A detached task panics, and main waits for what it should have sent: the panic is the root of the hang.
//!
//! Source: <https://github.com/librefang/librefang/issues/3740>
//! Cause: panicked
//! Cause: index out of bounds

use tokio::sync::mpsc;

async fn app() {
    let (tx, mut rx) = mpsc::channel::<u32>(4);
    let kept = tx.clone();
    tokio::spawn(async move {
        let values = [1, 2, 3];
        for number in 0..5 {
            tx.send(values[number % 4]).await.unwrap(); //~ W04
        }
    });
    let mut received = 0;
    while received < 5 {
        if rx.recv().await.is_some() {
            //~^ W01
            received += 1;
        }
    }
    drop(kept);
}

pub(crate) fn main() {
    workbook::run(app())
}
