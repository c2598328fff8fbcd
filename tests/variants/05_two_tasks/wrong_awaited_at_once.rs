// rejected with: one after the other

use std::{fmt, time::Duration};

use tokio::time::sleep;
use workbook::println;

#[derive(Debug, PartialEq)]
struct Fetched {
    data: u32,
}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{data: {}}}", self.data)
    }
}

async fn fetch_data() -> Fetched {
    println!("[t1] start fetching");
    sleep(Duration::from_secs(2)).await;
    println!("[t1] done fetching");
    Fetched { data: 1 }
}

async fn print_numbers() {
    for number in 0..10 {
        println!("[t2] {number}");
        sleep(Duration::from_millis(500)).await;
    }
}

async fn run() {
    let value = tokio::spawn(fetch_data()).await.unwrap();
    println!("[t1] {value}");
    tokio::spawn(print_numbers()).await.unwrap();
}

fn main() {
    workbook::run(run());
}

#[cfg(test)]
#[path = "../../checks/05_two_tasks.rs"]
mod checks;
