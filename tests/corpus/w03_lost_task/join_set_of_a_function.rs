//! A function spawns tasks on a `JoinSet` of its own, which ends with the function.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

async fn back_up(file: &'static str) {
    sleep(Duration::from_millis(100)).await;
    println!("{file} is safe");
}

async fn start_all() {
    let mut running = JoinSet::new();
    for file in ["a.txt", "b.txt"] {
        running.spawn(back_up(file)); //~ W03
    }
    sleep(Duration::from_millis(10)).await;
}

async fn start_all_and_hand_over() -> JoinSet<()> {
    let mut running = JoinSet::new();
    for file in ["a.txt", "b.txt"] {
        running.spawn(back_up(file));
    }
    sleep(Duration::from_millis(10)).await;
    running
}

pub(crate) async fn faulty() {
    start_all().await;
    sleep(Duration::from_secs(1)).await;
    println!("all files should be safe");
}

pub(crate) async fn right() {
    let running = start_all_and_hand_over().await;
    sleep(Duration::from_secs(1)).await;
    println!("all files should be safe");
    drop(running);
}
