//! A `LocalSet` goes with its servers: one loops without an end, and one waits for its next job.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    task::{LocalSet, spawn_local},
    time::{interval, sleep},
};
use workbook::println;

async fn beat() {
    let mut beats = interval(Duration::from_millis(300));
    loop {
        beats.tick().await;
    }
}

async fn serve(mut jobs: mpsc::Receiver<u32>) {
    while let Some(job) = jobs.recv().await {
        println!("job {job}");
    }
}

pub(crate) async fn right() {
    let (tx, rx) = mpsc::channel(4);
    let local = LocalSet::new();
    let served = local.run_until(async {
        spawn_local(beat());
        spawn_local(serve(rx));
        tx.send(1).await.unwrap();
        sleep(Duration::from_secs(1)).await;
    });
    served.await;
}
