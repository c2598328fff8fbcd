//! Tasks share a `Mutex` of the standard library, and none holds it across an await.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{task::JoinSet, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let scores = Arc::new(Mutex::new(Vec::new()));
    let mut players = JoinSet::new();
    for player in 0..20 {
        let scores = Arc::clone(&scores);
        players.spawn(async move {
            for round in 0..5 {
                scores.lock().unwrap().push(player * round);
                sleep(Duration::from_millis(10)).await;
            }
        });
    }
    players.join_all().await;
    println!("{}", scores.lock().unwrap().len());
}
