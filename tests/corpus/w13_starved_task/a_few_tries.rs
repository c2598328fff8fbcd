//! A lock that is held for long: who asks for it with a deadline gives up a few times, and nobody comes first meanwhile.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let shared = Arc::new(Mutex::new(()));
    let theirs = shared.clone();
    let holder = tokio::spawn(async move {
        let _guard = theirs.lock().await;
        sleep(Duration::from_secs(1)).await;
    });
    sleep(Duration::from_millis(5)).await;
    while timeout(Duration::from_millis(50), shared.lock()).await.is_err() {
        println!("busy");
    }
    holder.await.unwrap();
}
