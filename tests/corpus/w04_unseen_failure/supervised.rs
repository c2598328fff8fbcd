//! A supervisor is sent the handles of the tasks, and looks at each panic.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver},
    task::JoinHandle,
    time::sleep,
};
use workbook::println;

async fn supervise(mut tasks: Receiver<JoinHandle<()>>) {
    while let Some(task) = tasks.recv().await {
        if let Err(error) = task.await {
            println!("{}", if error.is_panic() { "it panicked" } else { "it was cancelled" });
        }
    }
}

pub(crate) async fn right() {
    let (tx, tasks) = mpsc::channel(4);
    let supervisor = tokio::spawn(supervise(tasks));
    for number in 0..3 {
        let task = tokio::spawn(async move {
            sleep(Duration::from_secs(number + 1)).await;
            assert!(number != 1, "one is not allowed");
        });
        tx.send(task).await.unwrap();
    }
    drop(tx);
    supervisor.await.unwrap();
}
