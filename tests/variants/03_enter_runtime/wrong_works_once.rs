// rejected with: worked once

use std::time::Duration;

use tokio::{
    runtime::{Builder, Runtime},
    time::sleep,
};
use workbook::println;

async fn hello_world() {
    println!("hello");
    sleep(Duration::from_secs(2)).await;
    println!("world");
}

fn run_blocking() {
    use std::sync::{LazyLock, Mutex};
    static RUNTIME: LazyLock<Mutex<Option<Runtime>>> =
        LazyLock::new(|| Mutex::new(Some(Builder::new_current_thread().enable_all().build().unwrap())));
    let runtime = RUNTIME.lock().unwrap().take().unwrap();
    runtime.block_on(hello_world());
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../../checks/03_enter_runtime.rs"]
mod checks;
