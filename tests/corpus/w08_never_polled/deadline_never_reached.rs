//! A deadline is pinned before a loop, and the loop ends before anybody looks at it.

use std::time::Duration;

use tokio::{pin, select, sync::mpsc, time::sleep};
use workbook::println;

pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel(4);
    for number in 0..3 {
        tx.send(number).await.unwrap();
    }
    drop(tx);
    let deadline = sleep(Duration::from_secs(60));
    pin!(deadline);
    loop {
        select! {
            biased;
            number = rx.recv() => match number {
                Some(number) => println!("{number}"),
                None => break,
            },
            () = &mut deadline => break println!("too late"),
        }
    }
}
