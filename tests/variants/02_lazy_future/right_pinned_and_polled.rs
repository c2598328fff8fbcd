// accepted: pinned, and polled by a loop of its own

use std::{future::poll_fn, pin::pin, time::Duration};

use tokio::time::sleep;
use workbook::println;

async fn make(what: &str) -> String {
    println!("{what}: water on");
    sleep(Duration::from_secs(1)).await;
    println!("{what}: ready");
    format!("a cup of {what}")
}

async fn run() {
    let mut tea = pin!(make("tea"));
    let coffee = make("coffee");
    println!("called make twice");
    sleep(Duration::from_secs(2)).await;
    let cup = poll_fn(|cx| tea.as_mut().poll(cx)).await;

    println!("got {cup}");
    drop(coffee);
    println!("nobody asked for coffee");
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../../checks/02_lazy_future.rs"]
mod checks;
