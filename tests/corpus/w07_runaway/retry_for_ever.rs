//! A connection that never succeeds is tried for ever.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn connect(attempt: u32) -> Result<(), String> {
    sleep(Duration::from_millis(50)).await; //~ W07
    Err(format!("attempt {attempt}: nobody is there"))
}

pub(crate) async fn faulty() {
    let mut attempt = 1;
    while connect(attempt).await.is_err() {
        attempt += 1;
    }
    println!("connected");
}

pub(crate) async fn right() {
    let mut attempt = 1;
    while let Err(error) = connect(attempt).await {
        attempt += 1;
        if attempt > 10 {
            return println!("{error}");
        }
    }
    println!("connected");
}
