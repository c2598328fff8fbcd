//! A synchronous facade: a thread owns the runtime, and calls go through a channel and come back through a oneshot.
//!
//! Source: <https://tokio.rs/tokio/topics/bridging>

use std::{thread, time::Duration};

use tokio::{
    runtime::Builder,
    sync::{mpsc, oneshot},
    time::sleep,
};

type Call = (u64, oneshot::Sender<u64>);

async fn answer((number, reply): Call) {
    sleep(Duration::from_millis(20)).await;
    let _ = reply.send(number * number);
}

async fn answer_all(mut calls: mpsc::Receiver<Call>) {
    while let Some(call) = calls.recv().await {
        tokio::spawn(answer(call));
    }
}

fn app() {
    let (calls, rx) = mpsc::channel(16);
    let worker = thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(answer_all(rx));
    });
    for number in 1..4 {
        let (reply, answer) = oneshot::channel();
        calls.blocking_send((number, reply)).unwrap();
        println!("{}", answer.blocking_recv().unwrap());
    }
    drop(calls);
    worker.join().unwrap();
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
