// rejected with: nobody awaited the tea

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn make(what: &str) -> String {
    println!("{what}: water on");
    sleep(Duration::from_secs(1)).await;
    println!("{what}: ready");
    format!("a cup of {what}")
}

async fn run() {
    let _tea = make("tea");
    let coffee = make("coffee");
    println!("called make twice");
    sleep(Duration::from_secs(2)).await;
    println!("tea: water on");
    sleep(Duration::from_secs(1)).await;
    println!("tea: ready");
    let cup = "a cup of tea";

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
