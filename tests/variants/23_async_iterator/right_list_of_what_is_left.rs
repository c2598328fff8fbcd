// accepted: the numbers that are left in an iterator, the sleep beside its number

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use colored::Colorize;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep};
use workbook::println;

struct Counter {
    left: std::ops::Range<u64>,
    current: Option<(u64, Pin<Box<Sleep>>)>,
}

impl Counter {
    fn new(end: u64) -> Counter {
        Counter { left: 0..end, current: None }
    }
}

impl Stream for Counter {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let this = &mut *self;
        if this.current.is_none() {
            this.current = this.left.next().map(|counter| {
                let until = Instant::now() + Duration::from_secs(counter);
                (counter, Box::pin(tokio::time::sleep_until(until)))
            });
        }
        let Some((counter, mut sleep)) = this.current.take() else { return Poll::Ready(None) };
        if sleep.as_mut().poll(cx).is_pending() {
            this.current = Some((counter, sleep));
            return Poll::Pending;
        }
        println!("{}", format!("> task done with [ counter = {counter} ]").italic().truecolor(128, 128, 128));
        Poll::Ready(Some(counter))
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
