// accepted: a runtime for tasks that stay on their thread

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use workbook::println;

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    let runtime = Builder::new_current_thread().enable_all().build_local(Default::default()).unwrap();
    runtime.block_on(async { tokio::task::spawn_local(hello_world()).await.unwrap() });
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
