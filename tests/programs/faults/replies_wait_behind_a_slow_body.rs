//! `buffered(3)` holds replies that have been there for seconds, because the body of `for_each` is slow.
//!
//! Source: <https://github.com/rust-lang/futures-rs/issues/2387>
//! Cause: polled

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::{Instant, sleep};

async fn fetch(number: u64) -> Instant {
    sleep(Duration::from_millis(50 * (number + 1))).await;
    Instant::now()
}

async fn app() {
    let pages = stream::iter(0..6).map(fetch).buffered(3);
    let store = |fetched: Instant| async move {
        sleep(Duration::from_secs(2)).await; //~ W12
        println!("stored {:?} after it was fetched", fetched.elapsed());
    };
    pages.for_each(store).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
