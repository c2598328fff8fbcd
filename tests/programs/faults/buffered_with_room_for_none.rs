//! `buffered(0)` never polls the stream inside, returns `Pending`, and keeps no waker.
//!
//! Source: <https://github.com/rust-lang/futures-rs/issues/2876>
//! Cause: waker | polled

use futures::{StreamExt, future::ready, stream};

async fn app() {
    let limit = std::env::args().count() - std::env::args().count();
    let mut answers = stream::iter(0..3).map(ready).buffered(limit);
    while let Some(answer) = answers.next().await {
        //~^ W05 or W01
        println!("{answer}");
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
