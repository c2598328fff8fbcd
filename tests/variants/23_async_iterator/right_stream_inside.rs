// accepted: a stream! in a box does it, and is not asked any more at its end

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use colored::Colorize;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::println;

struct Counter {
    inside: futures::stream::Fuse<futures::stream::BoxStream<'static, u64>>,
}

impl Counter {
    fn new(end: u64) -> Counter {
        let inside = async_stream::stream! {
            for counter in 0..end {
                sleep(Duration::from_secs(counter)).await;
                println!("{}", format!("> task done with [ counter = {counter} ]").italic().truecolor(128, 128, 128));
                yield counter;
            }
        };
        Counter { inside: inside.boxed().fuse() }
    }
}

impl Stream for Counter {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        self.inside.poll_next_unpin(cx)
    }
}

async fn program() {
    let start = Instant::now();
    let mut counter = Counter::new(4);
    while counter.next().await.is_some() {}
    println!("\nLoop over an async iterator : [{:.6} sec]", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/23_async_iterator.rs"]
mod checks;
