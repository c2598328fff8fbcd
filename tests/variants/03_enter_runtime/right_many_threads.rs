// accepted: a runtime of many threads, which runs on the real clock

use std::time::Duration;

use tokio::{runtime::Runtime, time::sleep};
use workbook::println;

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    Runtime::new().unwrap().block_on(hello_world());
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
