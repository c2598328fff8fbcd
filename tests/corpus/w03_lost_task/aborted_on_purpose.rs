//! Tasks are aborted that nobody needs any more.

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{interval, sleep},
};
use workbook::println;

async fn spin(wheel: u32) {
    let mut turns = interval(Duration::from_millis(300));
    loop {
        turns.tick().await;
        println!("wheel {wheel} turns");
    }
}

pub(crate) async fn right() {
    let single = tokio::spawn(spin(0));
    let mut wheels = JoinSet::new();
    for wheel in 1..=3 {
        wheels.spawn(spin(wheel));
    }
    sleep(Duration::from_secs(1)).await;
    single.abort();
    wheels.shutdown().await;
    println!("all stand still");
}
