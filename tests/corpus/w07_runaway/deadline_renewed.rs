//! A task waits at most a second for a message, and then waits again, whoever may still send one.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    time::timeout,
};
use workbook::println;

async fn next(inbox: &mut Receiver<&'static str>) -> Option<&'static str> {
    loop {
        if let Ok(message) = timeout(Duration::from_secs(1), inbox.recv()).await {
            //~^ W07
            return message;
        }
    }
}

async fn next_of_three_tries(inbox: &mut Receiver<&'static str>) -> Option<&'static str> {
    for _ in 0..3 {
        if let Ok(message) = timeout(Duration::from_secs(1), inbox.recv()).await {
            return message;
        }
    }
    None
}

pub(crate) async fn faulty() {
    let (tx, mut inbox) = mpsc::channel(1);
    println!("{:?}", next(&mut inbox).await);
    drop(tx);
}

pub(crate) async fn right() {
    let (tx, mut inbox) = mpsc::channel(1);
    println!("{:?}", next_of_three_tries(&mut inbox).await);
    drop(tx);
}
