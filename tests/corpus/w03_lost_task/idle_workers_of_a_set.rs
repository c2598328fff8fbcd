//! The workers of a `JoinSet` wait for work that never came, and are aborted.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, broadcast},
    task::JoinSet,
    time::sleep,
};
use workbook::println;

pub(crate) async fn right() {
    let (alarms, _) = broadcast::channel::<u32>(4);
    let door = Arc::new(Notify::new());
    let mut guards = JoinSet::new();
    for number in 0..3 {
        let mut alarm = alarms.subscribe();
        guards.spawn(async move { println!("{number}: {:?}", alarm.recv().await) });
    }
    let bell = Arc::clone(&door);
    guards.spawn(async move { bell.notified().await });
    sleep(Duration::from_secs(1)).await;
    guards.abort_all();
    println!("a quiet night");
}
