// rejected with: outside runs at the call

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

fn make(what: &str) -> impl Future<Output = String> {
    println!("{what}: water on");
    println!("{what}: ready");
    std::future::ready(format!("a cup of {what}"))
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
