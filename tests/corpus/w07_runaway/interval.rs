//! A loop over the ticks of an interval that nothing ends.

use std::time::Duration;

use tokio::time::interval;

pub(crate) async fn faulty() {
    let mut ticks = interval(Duration::from_secs(1));
    loop {
        ticks.tick().await; //~ W07
    }
}

pub(crate) async fn right() {
    let mut ticks = interval(Duration::from_secs(1));
    for _ in 0..100 {
        ticks.tick().await;
    }
}
