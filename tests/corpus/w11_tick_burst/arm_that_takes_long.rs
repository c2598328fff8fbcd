//! The arm of a `select!` awaits a job of several seconds, and the ticks of the other arm pile up behind it.

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{interval, sleep},
};
use workbook::println;

#[workbook::awaits::tracked]
async fn serve(mut jobs: mpsc::Receiver<u64>, in_place: bool) {
    let mut pings = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            job = jobs.recv() => match job {
                Some(seconds) if in_place => sleep(Duration::from_secs(seconds)).await,
                Some(seconds) => drop(tokio::spawn(sleep(Duration::from_secs(seconds)))),
                None => break,
            },
            _ = pings.tick() => println!("ping"), //~ W11
        }
    }
}

#[workbook::awaits::tracked]
async fn give_a_job(server: impl FnOnce(mpsc::Receiver<u64>) -> tokio::task::JoinHandle<()>) {
    let (tx, rx) = mpsc::channel(1);
    let server = server(rx);
    sleep(Duration::from_millis(2500)).await;
    tx.send(5).await.unwrap();
    sleep(Duration::from_secs(10)).await;
    drop(tx);
    server.await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    give_a_job(|jobs| tokio::spawn(serve(jobs, true))).await;
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    give_a_job(|jobs| tokio::spawn(serve(jobs, false))).await;
}
