// rejected with: outside runs at the call

use std::time::Duration;

use futures::FutureExt;
use tokio::time::sleep;
use workbook::println;

fn make(what: &str) -> impl Future<Output = String> {
    let mut made = Box::pin(async move {
        println!("{what}: water on");
        sleep(Duration::from_secs(1)).await;
        println!("{what}: ready");
        format!("a cup of {what}")
    });
    let ready = made.as_mut().now_or_never();
    async move {
        match ready {
            Some(cup) => cup,
            None => made.await,
        }
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
