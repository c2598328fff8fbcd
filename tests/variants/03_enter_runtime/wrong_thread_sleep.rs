// rejected with: without a runtime

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use workbook::{println, thread};

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    println!("hello");
    thread::sleep(Duration::from_secs(2));
    println!("world");
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
