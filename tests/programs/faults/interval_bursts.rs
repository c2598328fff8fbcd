//! An interval that nobody looked at for a while makes up for it with ticks in a burst.
//!
//! Source: <https://github.com/oxidecomputer/omicron/issues/9428>
//! Cause: makes up for | missed

use std::time::Duration;

use tokio::time::{interval, sleep};

async fn app() {
    let mut every_second = interval(Duration::from_secs(1));
    for poll in 0..8 {
        every_second.tick().await; //~ W11
        println!("poll {poll}");
        if poll == 1 {
            sleep(Duration::from_millis(4500)).await;
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
