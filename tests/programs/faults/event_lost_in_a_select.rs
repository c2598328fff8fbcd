//! `next_event` takes an event from its channel and then awaits something else: a tick in between drops it, with the
//! event in hand.
//!
//! Source: <https://github.com/marmot-protocol/mdk/issues/712>
//! Cause: had taken a value

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};

async fn next_event(rx: &mut mpsc::Receiver<u32>) -> Option<u32> {
    let event = rx.recv().await?;
    sleep(Duration::from_millis(15)).await; //~ W14
    Some(event)
}

async fn app() {
    let (tx, mut rx) = mpsc::channel(16);
    let sender = tokio::spawn(async move {
        for number in 0..20 {
            tx.send(number).await.unwrap();
            sleep(Duration::from_millis(7)).await;
        }
    });
    let mut ticks = interval(Duration::from_millis(10));
    let mut received = 0;
    loop {
        tokio::select! {
            event = next_event(&mut rx) => match event {
                Some(_) => received += 1,
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
    sender.await.unwrap();
    println!("sent 20, received {received}");
}

pub(crate) fn main() {
    workbook::run(app())
}
