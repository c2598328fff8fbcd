//! Two consumers take turns at a receiver, and a sender is kept alive by whoever waits for them.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{
        Mutex,
        mpsc::{self, Receiver},
    },
    time::sleep,
};
use workbook::println;

async fn consume(name: &str, jobs: Arc<Mutex<Receiver<u32>>>) {
    loop {
        let Some(job) = jobs.lock().await.recv().await else { return }; //~ W01
        sleep(Duration::from_secs(1)).await;
        println!("{name}: {job}");
    }
}

pub(crate) async fn faulty() {
    let (sender, jobs) = mpsc::channel(4);
    let jobs = Arc::new(Mutex::new(jobs));
    let consumers = ["a", "b"].map(|name| tokio::spawn(consume(name, Arc::clone(&jobs))));
    for job in 0..4 {
        sender.send(job).await.unwrap();
    }
    for consumer in consumers {
        consumer.await.unwrap();
    }
    drop(sender);
}

pub(crate) async fn right() {
    let (sender, jobs) = mpsc::channel(4);
    let jobs = Arc::new(Mutex::new(jobs));
    let consumers = ["a", "b"].map(|name| tokio::spawn(consume(name, Arc::clone(&jobs))));
    for job in 0..4 {
        sender.send(job).await.unwrap();
    }
    drop(sender);
    for consumer in consumers {
        consumer.await.unwrap();
    }
}
