//! The future of a `block_on` that the program calls itself waits like any task.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{runtime::Builder, sync::mpsc, time::sleep};

use crate::expect;

async fn serve(mut rx: mpsc::Receiver<u64>, back: mpsc::Sender<u64>) {
    loop {
        let millis = rx.recv().await; //~ at: order
        let Some(millis) = millis else { break };
        sleep(Duration::from_millis(millis)).await; //~ at: work
        back.send(millis).await.unwrap();
    }
}

fn app() {
    let order = || expect::at("order").kind("recv").task("task 1").made_at("orders").woken_by("main");
    // The first order is there before the task is polled for the first time.
    expect::at("work").kind("sleep").task("task 1").ready(0, 10);
    expect::at("work").kind("sleep").task("task 1").ready(10, 30);
    expect::at("work").kind("sleep").task("task 1").ready(30, 60);
    let done = || expect::at("done").kind("recv").made_at("results").woken_by("task 1");
    done().ready(0, 10);
    done().ready(10, 30);
    done().ready(30, 60);
    order().ready(10, 10);
    order().ready(30, 30);
    order().ready(60, 60);

    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (tx, rx) = mpsc::channel(1); //~ at: orders
    let (back, mut results) = mpsc::channel(1); //~ at: results
    let server = runtime.spawn(serve(rx, back));
    runtime.block_on(async {
        for millis in [10, 20, 30] {
            tx.send(millis).await.unwrap();
            results.recv().await.unwrap(); //~ at: done
        }
        drop(tx);
        server.await.unwrap();
    });
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
