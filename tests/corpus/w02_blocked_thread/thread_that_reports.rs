//! A thread of its own does slow work and says so over a oneshot channel, which is awaited.

use std::time::Duration;

use tokio::{sync::oneshot, time::sleep};
use workbook::{println, thread};

pub(crate) async fn right() {
    let (tx, done) = oneshot::channel();
    let slow = thread::spawn(move || {
        thread::sleep(Duration::from_secs(3));
        tx.send(7).unwrap();
    });
    tokio::join!(sleep(Duration::from_secs(1)), async { println!("{:?}", done.await) });
    slow.join().unwrap();
}
