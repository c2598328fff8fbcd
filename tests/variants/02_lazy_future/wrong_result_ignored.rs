// rejected with: its future was never polled

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
    let (_tea, _coffee) = (make("tea"), make("coffee"));
    println!("called make twice");
    sleep(Duration::from_secs(3)).await;
    println!("got a cup of tea");
    println!("nobody asked for coffee");
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../../checks/02_lazy_future.rs"]
mod checks;
