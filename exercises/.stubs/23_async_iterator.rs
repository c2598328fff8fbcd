//! An async iterator by hand. A stream has one method, `poll_next`: it has the next item, or it is at its end, or it says
//! Pending, and is asked again when what it waits for is ready. What it waits for must be kept in between.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use colored::Colorize;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep, sleep};
use workbook::println;

/// A stream of the numbers from 0 up to, and without, `end`. It sleeps for 0 seconds before the 0, for 1 before the 1, and
/// so on.
struct Counter {
    counter: u64,
    end: u64,
    /// The sleep before the next number, once somebody has asked for it.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Counter {
    fn new(end: u64) -> Counter {
        Counter { counter: 0, end, sleep: None }
    }
}

impl Stream for Counter {
    type Item = u64;

    /// At the end the item is None, at once, however often it is asked for.
    ///
    /// Before that, the first poll that asks for a number begins to sleep for so many seconds; every poll is Pending until
    /// they are over, however many there are. The number is then printed in grey italics, as in
    /// `> task done with [ counter = 2 ]`, and is the item.
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        todo!(
            "None at the end; else poll the sleep, made once for each number, until it is ready; then print and yield"
        )
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
#[path = "../tests/checks/23_async_iterator.rs"]
mod checks;
