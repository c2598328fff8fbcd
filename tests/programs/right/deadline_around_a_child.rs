//! A deadline of half a minute around a child of 200 ms: it must not fire.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{process::Command, time::timeout};

async fn app() {
    match timeout(Duration::from_secs(30), Command::new("sleep").arg("0.2").status()).await {
        Ok(status) => println!("{}", status.unwrap()),
        Err(_) => println!("the deadline fired"),
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
