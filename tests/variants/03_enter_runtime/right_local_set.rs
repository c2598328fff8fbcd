// accepted: a LocalSet blocks on it

use std::time::Duration;

use tokio::{runtime::Builder, task::LocalSet, time::sleep};
use workbook::println;

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, hello_world());
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
