//! One of three workers panics on another thread; its handle lies in a list that nobody awaits.
//!
//! Source: <https://github.com/fortanix/rust-sgx/issues/763>
//! Cause: panicked

use std::time::Duration;

use tokio::time::sleep;

async fn enclave(number: u64) {
    sleep(Duration::from_millis(5 * number)).await;
    if number == 1 {
        let bytes: Vec<u8> = Vec::new();
        println!("{}", bytes.first().unwrap()); //~ W04
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    let workers: Vec<_> = (0..3).map(|number| tokio::spawn(enclave(number))).collect();
    while !workers.iter().all(|worker| worker.is_finished()) {
        sleep(Duration::from_millis(5)).await;
    }
    println!("{} workers are done", workers.len());
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
