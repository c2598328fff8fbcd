// rejected with: what it was asked for

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn make(_what: &str) -> String {
    println!("tea: water on");
    sleep(Duration::from_secs(1)).await;
    println!("tea: ready");
    "a cup of tea".to_string()
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
