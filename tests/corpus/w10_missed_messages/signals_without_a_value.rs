//! A signal says only that there is something new: one more or less of them is the same, so a lag may be passed over.

use std::time::Duration;

use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::sleep,
};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (changed, mut changes) = broadcast::channel(1);
    let reader = tokio::spawn(async move {
        loop {
            match changes.recv().await {
                Ok(()) => println!("read anew"),
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => break,
            }
            sleep(Duration::from_millis(30)).await;
        }
    });
    for _ in 0..8 {
        changed.send(()).unwrap();
        sleep(Duration::from_millis(10)).await;
    }
    drop(changed);
    reader.await.unwrap();
}
