//! A deadline is put around a call, and nothing awaits the two, so the call never begins.

use std::time::Duration;

use tokio::time::{sleep, timeout};
use workbook::println;

async fn save(course: &str) {
    sleep(Duration::from_millis(20)).await;
    println!("{course} saved");
}

pub(crate) async fn faulty() {
    for course in ["soup", "fish", "cake"] {
        let _ = timeout(Duration::from_secs(1), save(course)); //~ W08
    }
    sleep(Duration::from_millis(100)).await;
}

pub(crate) async fn right() {
    for course in ["soup", "fish", "cake"] {
        let _ = timeout(Duration::from_secs(1), save(course)).await;
    }
    sleep(Duration::from_millis(100)).await;
}
