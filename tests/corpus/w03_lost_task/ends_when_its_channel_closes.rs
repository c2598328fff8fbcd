//! A task waits on a channel when the main function returns, and ends because the sender goes.

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let (log, mut lines) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Some(line) = lines.recv().await {
            println!("log: {line}");
        }
    });
    for number in 0..3 {
        sleep(Duration::from_secs(1)).await;
        log.send(number).unwrap();
    }
}
