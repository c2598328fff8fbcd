//! Three threads with a runtime each send what they find to main, which has a runtime of its own.
//!
//! Source: own small program of this shape

use std::{thread, time::Duration};

use tokio::{runtime::Builder, time::sleep};

fn search(number: u64, tx: flume::Sender<u64>) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        sleep(Duration::from_millis(40 * (number + 1))).await;
        tx.send_async(number).await.unwrap();
    });
}

fn app() {
    let (tx, rx) = flume::bounded(1);
    let threads: Vec<_> = (0..3)
        .map(|number| {
            let tx = tx.clone();
            thread::spawn(move || search(number, tx))
        })
        .collect();
    drop(tx);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let sum = runtime.block_on(async {
        let mut sum = 0;
        while let Ok(number) = rx.recv_async().await {
            sum += number;
        }
        sum
    });
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{sum}");
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
