// rejected with: never came to its end

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use workbook::println;

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::spawn(hello_world());
        tokio::task::yield_now().await;
    });
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
