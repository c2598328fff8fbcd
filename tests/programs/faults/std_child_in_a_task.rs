//! A task waits for a child with the standard library, and blocks the thread meanwhile.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/process/>
//! Cause: waits | operating system | child

use std::{process::Command, time::Duration};

async fn app() {
    let beats = tokio::spawn(async {
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let job = tokio::spawn(async {
        let status = Command::new("sleep").arg("0.5").status(); //~ W02
        println!("{}", status.unwrap());
    });
    beats.await.unwrap();
    job.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
