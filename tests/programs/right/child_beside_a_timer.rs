//! A child of 200 ms, and a timer of 50 ms beside it that shows that something goes on: as many dots as have time.
//!
//! Source: own small program of this shape

use std::time::{Duration, Instant};

use tokio::{process::Command, time::interval};

async fn app() {
    let began = Instant::now();
    let mut child = Command::new("sleep").arg("0.2").spawn().unwrap();
    let mut ticks = interval(Duration::from_millis(50));
    let mut dots = 0;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status.unwrap(),
            _ = ticks.tick() => dots += 1,
        }
    };
    let most = began.elapsed().as_millis() / 50 + 2;
    println!("no more dots than had time: {}, {status}", dots <= most);
}

pub(crate) fn main() {
    workbook::run(app())
}
