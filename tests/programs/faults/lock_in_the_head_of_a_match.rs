//! The guard that a `match` looks at lives until its end, and an arm asks for the same lock.
//!
//! Source: class of <https://rust-lang.github.io/rust-clippy/master/#significant_drop_in_scrutinee>
//! Cause: lock | mutex
//! Clock: both

use tokio::sync::Mutex;

async fn app() {
    let cache: Mutex<Option<u32>> = Mutex::new(None);
    match *cache.lock().await {
        Some(number) => println!("{number} is known"),
        None => {
            *cache.lock().await = Some(7); //~ W01
            println!("7 is new");
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
