// rejected with: The coffee was made

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
    let tea = make("tea");
    let coffee = make("coffee");
    println!("called make twice");
    sleep(Duration::from_secs(2)).await;
    let cup = tokio::select! {
        biased;
        _ = coffee => return,
        cup = tea => cup,
    };
    println!("got {cup}");
    println!("nobody asked for coffee");
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../../checks/02_lazy_future.rs"]
mod checks;
