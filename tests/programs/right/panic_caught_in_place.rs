//! A job that panics is caught with `catch_unwind`, and its task goes on.
//!
//! Source: <https://docs.rs/futures/latest/futures/future/trait.FutureExt.html#method.catch_unwind>

use std::panic::AssertUnwindSafe;

use futures::FutureExt;

async fn job(number: u32) -> u32 {
    tokio::task::yield_now().await;
    assert!(number != 2, "job {number} fails");
    number
}

async fn app() {
    let runner = tokio::spawn(async {
        let mut sum = 0;
        for number in 0..4 {
            sum += AssertUnwindSafe(job(number)).catch_unwind().await.unwrap_or(100);
        }
        sum
    });
    println!("{}", runner.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
