//! A join! over three library futures, each on a line of its own: all three are stuck, and each line is told.
//!
//! Source: own small program of this shape
//! Cause: sender

use tokio::sync::{Notify, mpsc, oneshot};

async fn app() {
    let (tx, mut rx) = mpsc::channel::<u32>(1);
    let (answer, answered) = oneshot::channel::<u32>();
    let notify = Notify::new();
    let _ = tokio::join!(
        rx.recv(),         //~ W01
        answered,          //~ W01
        notify.notified(), //~ W01
    );
    drop((tx, answer));
}

pub(crate) fn main() {
    workbook::run(app())
}
