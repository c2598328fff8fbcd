// rejected with: Before each number the stream sleeps

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use colored::Colorize;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep, sleep};
use workbook::println;

struct Counter {
    counter: u64,
    end: u64,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Counter {
    fn new(end: u64) -> Counter {
        Counter { counter: 0, end, sleep: None }
    }
}

impl Stream for Counter {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.counter == self.end {
            return Poll::Ready(None);
        }
        let counter = self.counter;
        let pause = self.sleep.get_or_insert_with(|| Box::pin(sleep(Duration::from_secs(counter))));
        ready!(pause.as_mut().poll(cx));
        println!("{}", format!("> task done with [ counter = {counter} ]").italic().truecolor(128, 128, 128));
        self.counter += 1;
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
