//! A select! polls a request by `&mut`; the arm of a tick awaits a slow clean-up, and the answer, long there, waits for it.
//!
//! Source: class of <https://rfd.shared.oxide.computer/rfd/0609>
//! Cause: polled

use std::{pin::pin, time::Duration};

use tokio::time::{Instant, interval_at, sleep};

async fn request() -> Instant {
    sleep(Duration::from_millis(100)).await;
    sleep(Duration::from_millis(100)).await;
    Instant::now()
}

async fn app() {
    let began = Instant::now();
    let mut answer = pin!(request());
    let mut clean_up = interval_at(began + Duration::from_millis(50), Duration::from_secs(60));
    loop {
        tokio::select! {
            answered = &mut answer => {
                println!("answered after {:?}", answered - began);
                break;
            }
            _ = clean_up.tick() => sleep(Duration::from_secs(5)).await, //~ W12
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
