//! Calling an async function runs none of it. The call yields a future: a value that holds the arguments, begins when it
//! is first polled, and never begins if nobody polls it.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

/// Prints "{what}: water on", waits for a second, prints "{what}: ready" and yields "a cup of {what}".
///
/// None of it happens before somebody awaits the future.
async fn make(what: &str) -> String {
    todo!("print the first line, wait for a second with tokio's sleep, print the second line, yield the cup")
}

/// Calls `make` for "tea" and for "coffee" and keeps both futures for two seconds, in which neither begins. Then awaits
/// the tea, prints "got a cup of tea", drops the coffee as it is and prints "nobody asked for coffee".
///
/// (A bare `make("coffee");` would not compile here: Rust reports a future that is made and thrown away on the spot.)
async fn run() {
    // Call make twice here, and keep what it gives you.
    println!("called make twice");
    sleep(Duration::from_secs(2)).await;

    todo!("await the tea and print got and what it yields; drop the coffee and print nobody asked for coffee")
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../tests/checks/02_lazy_future.rs"]
mod checks;
