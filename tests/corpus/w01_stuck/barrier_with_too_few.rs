//! Three runners wait at a barrier that was made for four.

use std::sync::Arc;

use tokio::{sync::Barrier, task::JoinSet};
use workbook::println;

async fn run(number: u32, line: Arc<Barrier>) {
    println!("{number} is at the line");
    line.wait().await; //~ W01
    println!("{number} runs");
}

async fn race(line: Arc<Barrier>) {
    let mut runners = JoinSet::new();
    for number in 1..=3 {
        runners.spawn(run(number, Arc::clone(&line)));
    }
    runners.join_all().await;
}

pub(crate) async fn faulty() {
    race(Arc::new(Barrier::new(4))).await;
}

pub(crate) async fn right() {
    let line = Arc::new(Barrier::new(4));
    tokio::join!(race(Arc::clone(&line)), line.wait());
}
