//! Two tasks take two locks, one in the other order, while a third one ticks on and on.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{interval, sleep},
};
use workbook::println;

type Account = Arc<Mutex<u32>>;

async fn transfer(from: Account, to: Account) {
    let mut from = from.lock().await;
    sleep(Duration::from_millis(10)).await;
    let mut to = to.lock().await; //~ W01
    *from -= 1;
    *to += 1;
}

async fn transfer_in_one_order(from: Account, to: Account, from_first: bool) {
    let (first, second) = if from_first { (&from, &to) } else { (&to, &from) };
    let _first = first.lock().await;
    sleep(Duration::from_millis(10)).await;
    let _second = second.lock().await;
}

fn heartbeat() {
    tokio::spawn(async {
        let mut beat = interval(Duration::from_secs(1));
        loop {
            beat.tick().await;
            println!("still alive");
        }
    });
}

pub(crate) async fn faulty() {
    heartbeat();
    let (a, b) = (Account::default(), Account::default());
    let there = tokio::spawn(transfer(a.clone(), b.clone()));
    let back = tokio::spawn(transfer(b, a));
    let _ = tokio::join!(there, back);
}

pub(crate) async fn right() {
    let beat = tokio::spawn(async {
        loop {
            sleep(Duration::from_secs(1)).await;
        }
    });
    let (a, b) = (Account::default(), Account::default());
    let there = tokio::spawn(transfer_in_one_order(a.clone(), b.clone(), true));
    let back = tokio::spawn(transfer_in_one_order(b, a, false));
    let _ = tokio::join!(there, back);
    beat.abort();
}
