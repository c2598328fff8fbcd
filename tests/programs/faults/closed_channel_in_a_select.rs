//! The sender of one arm's channel is gone, so its `recv_async` is over at once, for ever, and the loop spins.
//!
//! Source: <https://github.com/HaseebKhalid1507/Myx/pull/11>
//! Cause: at once | closed | over and over | again and again | spins

use std::time::Duration;

use tokio::time::interval;

async fn restore(tx: flume::Sender<u32>) {
    tx.send_async(1).await.unwrap();
}

async fn app() {
    let (tx, state) = flume::unbounded();
    tokio::spawn(restore(tx));
    let mut frames = interval(Duration::from_millis(16));
    let mut drawn = 0;
    while drawn < 10 {
        tokio::select! {
            biased;
            _ = frames.tick() => drawn += 1,
            state = state.recv_async() => { //~ W06 or W02
                if let Ok(state) = state {
                    println!("state {state}");
                }
            }
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
