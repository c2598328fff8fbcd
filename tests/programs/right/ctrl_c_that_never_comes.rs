//! A server waits for Ctrl-C or for its last client; Ctrl-C never comes.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/signal/fn.ctrl_c.html>
//! Clock: both

use std::time::Duration;

use tokio::{signal, sync::mpsc, time::sleep};

async fn client(number: u64, gone: mpsc::Sender<()>) {
    sleep(Duration::from_millis(30 * number)).await;
    drop(gone);
}

async fn app() {
    let (tx, mut gone) = mpsc::channel::<()>(1);
    for number in 0..3 {
        tokio::spawn(client(number, tx.clone()));
    }
    drop(tx);
    tokio::select! {
        interrupted = signal::ctrl_c() => println!("interrupted: {interrupted:?}"),
        _ = gone.recv() => println!("the last client is gone"),
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
