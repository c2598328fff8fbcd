// accepted: one sleep for all numbers, set anew for each

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use colored::Colorize;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep, sleep};
use workbook::println;

struct Counter {
    counter: u64,
    end: u64,
    begun: bool,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Counter {
    fn new(end: u64) -> Counter {
        Counter { counter: 0, end, begun: false, sleep: None }
    }
}

impl Stream for Counter {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let this = &mut *self;
        let counter = this.counter;
        if counter >= this.end {
            return Poll::Ready(None);
        }
        let sleep = this.sleep.get_or_insert_with(|| Box::pin(sleep(Duration::ZERO)));
        if !this.begun {
            sleep.as_mut().reset(Instant::now() + Duration::from_secs(counter));
            this.begun = true;
        }
        match sleep.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                println!("{}", format!("> task done with [ counter = {counter} ]").italic().truecolor(128, 128, 128));
                this.begun = false;
                this.counter += 1;
                Poll::Ready(Some(counter))
            }
        }
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
