// accepted: a state machine written by hand

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Sleep, sleep};
use workbook::println;

struct Making {
    what: String,
    water: Option<Pin<Box<Sleep>>>,
}

impl Future for Making {
    type Output = String;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        let this = &mut *self;
        let water = this.water.get_or_insert_with(|| {
            println!("{}: water on", this.what);
            Box::pin(sleep(Duration::from_secs(1)))
        });
        ready!(water.as_mut().poll(cx));
        println!("{}: ready", this.what);
        Poll::Ready(format!("a cup of {}", this.what))
    }
}

fn make(what: &str) -> Making {
    Making { what: what.to_string(), water: None }
}

async fn run() {
    let tea = make("tea");
    let coffee = make("coffee");
    println!("called make twice");
    sleep(Duration::from_secs(2)).await;

    println!("got {}", tea.await);
    drop(coffee);
    println!("nobody asked for coffee");
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../../checks/02_lazy_future.rs"]
mod checks;
