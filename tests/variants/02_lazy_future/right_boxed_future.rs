// accepted: a boxed future that borrows its argument

use std::{pin::Pin, time::Duration};

use tokio::time::sleep;
use workbook::println;

fn make(what: &str) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
    Box::pin(async move {
        println!("{what}: water on");
        sleep(Duration::from_secs(1)).await;
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
