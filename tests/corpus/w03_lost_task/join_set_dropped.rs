//! Tasks are spawned on a `JoinSet` that nobody waits for.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

async fn send_letter(number: u32) {
    sleep(Duration::from_secs(1)).await;
    println!("letter {number} is sent");
}

pub(crate) async fn faulty() {
    let mut letters = JoinSet::new();
    for number in 1..=3 {
        letters.spawn(send_letter(number)); //~ W03
    }
    println!("all letters are on their way");
}

pub(crate) async fn right() {
    let mut letters = JoinSet::new();
    for number in 1..=3 {
        letters.spawn(send_letter(number));
    }
    println!("all letters are on their way");
    while letters.join_next().await.is_some() {}
}
