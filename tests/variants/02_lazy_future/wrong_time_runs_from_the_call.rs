// rejected with: from there on make takes a second

use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};
use workbook::println;

fn make(what: &str) -> impl Future<Output = String> {
    let ready = Instant::now() + Duration::from_secs(1);
    async move {
        println!("{what}: water on");
        sleep_until(ready).await;
        println!("{what}: ready");
        format!("a cup of {what}")
    }
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
