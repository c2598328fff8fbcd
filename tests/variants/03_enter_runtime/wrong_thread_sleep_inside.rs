// rejected with: blocks the thread

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use workbook::{println, thread};

async fn hello_world() {
    println!("hello");
    thread::sleep(Duration::from_secs(2));
    println!("world");
}

fn run_blocking() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("the system grants what a runtime needs");
    runtime.block_on(hello_world());
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
