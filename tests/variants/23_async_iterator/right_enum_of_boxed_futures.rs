// accepted: the state is an enum, and each number a boxed future

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use colored::Colorize;
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep};
use workbook::println;

enum State {
    Idle(u64),
    Waiting(futures::future::BoxFuture<'static, u64>),
    Over,
}

struct Counter {
    state: State,
    end: u64,
}

impl Counter {
    fn new(end: u64) -> Counter {
        Counter { state: State::Idle(0), end }
    }
}

async fn work(counter: u64) -> u64 {
    sleep(Duration::from_secs(counter)).await;
    println!("{}", format!("> task done with [ counter = {counter} ]").italic().truecolor(128, 128, 128));
    counter
}

impl Stream for Counter {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let end = self.end;
        loop {
            match &mut self.state {
                State::Idle(next) if *next == end => self.state = State::Over,
                State::Idle(next) => self.state = State::Waiting(Box::pin(work(*next))),
                State::Waiting(work) => {
                    let counter = ready!(work.as_mut().poll(cx));
                    self.state = State::Idle(counter + 1);
                    return Poll::Ready(Some(counter));
                }
                State::Over => return Poll::Ready(None),
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
