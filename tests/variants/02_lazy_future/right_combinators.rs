// accepted: built with combinators, lazily

use std::time::Duration;

use futures::{FutureExt, future::lazy};
use tokio::time::sleep;
use workbook::println;

fn make(what: &str) -> impl Future<Output = String> {
    lazy(move |_| println!("{what}: water on")).then(|()| sleep(Duration::from_secs(1))).map(move |()| {
        println!("{what}: ready");
        format!("a cup of {what}")
    })
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
