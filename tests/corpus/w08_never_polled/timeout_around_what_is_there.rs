//! What is inside of each timeout is there at once, so nobody ever looks at the timer; and a timeout that a `select!` has no use
//! for is meant to be dropped.

use std::{future::ready, time::Duration};

use tokio::{
    select,
    sync::mpsc,
    time::{sleep, timeout},
};
use workbook::println;

pub(crate) async fn right() {
    let second = Duration::from_secs(1);
    let (tx, mut rx) = mpsc::channel(4);
    tx.send("soup").await.unwrap();
    println!("{:?}", timeout(second, rx.recv()).await);
    let _ = timeout(second, ready(())).await;
    drop(timeout(second, ready(())).await);
    let kept = timeout(second, sleep(second));
    select! {
        biased;
        () = ready(()) => println!("ready"),
        _ = timeout(second, rx.recv()) => println!("a value"),
        _ = kept => println!("late"),
    }
}
