//! A program like an exercise's, which prints the arguments that are its own. `tests/program/main.rs` runs it.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

fn main() {
    workbook::run_with_arguments("What it is given is what it prints.", print);
}

async fn print(arguments: Vec<String>) {
    // A day, unless it is on the virtual clock.
    sleep(Duration::from_secs(if arguments.is_empty() { 86_400 } else { 0 })).await;
    println!("{arguments:?}");
}
