//! Work that blocks is done on the blocking pool, where it may.

use std::{sync::mpsc, time::Duration};

use tokio::{task::spawn_blocking, time::interval};
use workbook::{println, thread};

pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel();
    let receiving = spawn_blocking(move || rx.recv());
    let sleeping = spawn_blocking(|| thread::sleep(Duration::from_secs(2)));
    let really = spawn_blocking(|| std::thread::sleep(Duration::from_millis(200)));
    tx.send(7).unwrap();
    let mut ticks = interval(Duration::from_millis(500));
    for _ in 0..4 {
        ticks.tick().await;
        println!("tick");
    }
    println!("{:?}", receiving.await.unwrap());
    sleeping.await.unwrap();
    really.await.unwrap();
}
