// rejected with: but this check cannot see it

use std::{thread, time::Duration};

use tokio::time::{Instant, sleep};
use workbook::println;

fn count_sync() {
    println!("One");
    thread::sleep(Duration::from_secs(1));
    println!("Two");
}

fn main_sync() {
    for _ in 0..3 {
        count_sync();
    }
}

async fn count_async() {
    println!("One");
    sleep(Duration::from_secs(1)).await;
    println!("Two");
}

async fn main_async() {
    tokio::join!(count_async(), count_async(), count_async());
}

async fn compare() {
    let start = Instant::now();
    main_sync();
    println!("sync version executed in {:.2} seconds.", start.elapsed().as_secs_f64());

    let start = Instant::now();
    main_async().await;
    println!("async version executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(compare());
}

#[cfg(test)]
#[path = "../../checks/01_hello_count.rs"]
mod checks;
