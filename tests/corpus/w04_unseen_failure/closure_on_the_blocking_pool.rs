//! A closure on the blocking pool panics, and nobody kept its handle.

use std::time::Duration;

use tokio::{task::spawn_blocking, time::sleep};
use workbook::println;

fn first_of(words: &[&str]) {
    println!("{}", words.first().unwrap()); //~ W04
}

pub(crate) async fn faulty() {
    spawn_blocking(|| first_of(&[]));
    sleep(Duration::from_secs(1)).await;
    println!("all is well");
}

pub(crate) async fn right() {
    if let Err(error) = spawn_blocking(|| first_of(&[])).await {
        println!("no word: {}", error.is_panic());
    }
}
