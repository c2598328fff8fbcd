//! Code that is not async cannot await. At one place the thread enters async code: there a runtime polls the future, and
//! the drivers of that runtime see to it that timers fire.

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use workbook::println;

/// Prints "hello", waits for two seconds without blocking the thread, prints "world".
async fn hello_world() {
    println!("hello");
    todo!("wait for two seconds with tokio's sleep, then print world")
}

/// Runs `hello_world` to its end, from code that is not async. It can be called as often as one likes.
fn run_blocking() {
    todo!("build a single-threaded runtime with Builder, its drivers enabled, and block_on hello_world")
}

fn main() {
    workbook::run_sync(run_blocking);
}

#[cfg(test)]
#[path = "../tests/checks/03_enter_runtime.rs"]
mod checks;
