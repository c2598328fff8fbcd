//! A closure on the blocking pool is aborted, which does not stop it once it runs, and then its handle is awaited.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::oneshot::{self, Sender},
    task::JoinHandle,
};

fn work_until(stop: &Arc<AtomicBool>, begun: Sender<()>) -> JoinHandle<()> {
    let stop = stop.clone();
    tokio::task::spawn_blocking(move || {
        //~^ W07
        let _ = begun.send(());
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(1));
        }
    })
}

pub(crate) async fn faulty() {
    let stop = Arc::new(AtomicBool::new(false));
    let (tx, begun) = oneshot::channel();
    let work = work_until(&stop, tx);
    begun.await.unwrap();
    work.abort();
    let _ = work.await;
    stop.store(true, Ordering::Relaxed);
}

pub(crate) async fn right() {
    let stop = Arc::new(AtomicBool::new(false));
    let (tx, begun) = oneshot::channel();
    let work = work_until(&stop, tx);
    begun.await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let _ = work.await;
}
