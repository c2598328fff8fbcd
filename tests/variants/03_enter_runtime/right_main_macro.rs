// accepted: the macro on a function inside

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use workbook::println;

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    #[tokio::main(flavor = "current_thread")]
    async fn enter() {
        hello_world().await;
    }
    enter();
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
