//! A child that would take minutes is killed when its deadline is over.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/process/struct.Child.html#method.kill>

use std::time::Duration;

use tokio::{process::Command, time::timeout};

async fn app() {
    let mut child = Command::new("sleep").arg("300").kill_on_drop(true).spawn().unwrap();
    if timeout(Duration::from_millis(300), child.wait()).await.is_err() {
        child.kill().await.unwrap();
        println!("killed");
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
