//! Each message of a burst replaces the task of the one before it, which has not had its first turn yet.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    task::JoinHandle,
    time::sleep,
};
use workbook::println;

async fn save_after_a_pause(mut changes: Receiver<u32>) {
    let mut saving: Option<JoinHandle<()>> = None;
    while let Some(version) = changes.recv().await {
        if let Some(older) = saving.take() {
            older.abort();
        }
        saving = Some(tokio::spawn(async move {
            sleep(Duration::from_millis(100)).await;
            println!("version {version} is saved");
        }));
    }
    if let Some(last) = saving {
        last.await.unwrap();
    }
}

pub(crate) async fn right() {
    let (tx, changes) = mpsc::channel(8);
    for version in 1..=4 {
        tx.send(version).await.unwrap();
    }
    drop(tx);
    save_after_a_pause(changes).await;
}
