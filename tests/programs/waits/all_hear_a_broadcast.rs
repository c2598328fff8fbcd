//! Three receivers of one async fn in a `join!`, and two values.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    sync::broadcast::{self, Receiver},
    time::sleep,
};

use crate::expect;

async fn hear(mut rx: Receiver<u64>) -> u64 {
    let first = rx.recv().await.unwrap(); //~ at: first
    first + rx.recv().await.unwrap() //~ at: second
}

async fn app() {
    for _ in 0..3 {
        let hear = |place| expect::at(place).kind("broadcast").made_at("channel").woken_by("task 1");
        hear("first").ready(0, 100);
        hear("second").ready(100, 250);
    }
    let (tx, rx) = broadcast::channel(4); //~ at: channel
    let receivers = [tx.subscribe(), tx.subscribe(), rx];
    tokio::spawn(async move {
        for (number, millis) in [(1, 100), (2, 150)] {
            sleep(Duration::from_millis(millis)).await;
            tx.send(number).unwrap();
        }
        sleep(Duration::from_secs(1)).await;
    });
    let [a, b, c] = receivers;
    tokio::join!(hear(a), hear(b), hear(c));
    sleep(Duration::from_secs(2)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
