//! A child of 200 ms, and a timer of 50 ms beside it that shows that something goes on: a few dots, never dozens.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{process::Command, time::interval};

async fn app() {
    let mut child = Command::new("sleep").arg("0.2").spawn().unwrap();
    let mut ticks = interval(Duration::from_millis(50));
    let mut dots = 0;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status.unwrap(),
            _ = ticks.tick() => dots += 1,
        }
    };
    // A busy machine may stretch the child's 200 ms.
    println!("dozens of dots: {}, {status}", dots > 24);
}

pub(crate) fn main() {
    workbook::run(app())
}
