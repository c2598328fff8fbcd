//! Workers are cancelled by a token, tidy up, and a tracker tells when all are gone.
//!
//! Source: class of <https://tokio.rs/tokio/topics/shutdown>
//! Clock: both

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

async fn work(number: u64, token: CancellationToken) {
    let mut rounds = 0;
    loop {
        tokio::select! {
            () = token.cancelled() => break,
            () = sleep(Duration::from_millis(30 + number)) => rounds += 1,
        }
    }
    sleep(Duration::from_millis(10 * number)).await;
    println!("worker {number} has tidied up, it did something: {}", rounds > 0);
}

async fn app() {
    let (tracker, token) = (TaskTracker::new(), CancellationToken::new());
    for number in 0..3 {
        tracker.spawn(work(number, token.clone()));
    }
    tracker.close();
    sleep(Duration::from_secs(1)).await;
    token.cancel();
    tracker.wait().await;
    println!("all gone");
}

pub(crate) fn main() {
    workbook::run(app())
}
