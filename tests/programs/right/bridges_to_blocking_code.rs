//! Bridges between async and blocking code: `Handle::block_on` and `blocking_recv` on the blocking pool, `blocking_send`
//! from a thread.
//!
//! Source: own small program of this shape
//! Clock: both

use std::{thread, time::Duration};

use tokio::{
    runtime::Handle,
    sync::mpsc,
    task::spawn_blocking,
    time::{Instant, sleep, timeout},
};

async fn block_on_the_pool() {
    let began = Instant::now();
    let job = spawn_blocking(|| {
        Handle::current().block_on(async {
            sleep(Duration::from_secs(1)).await;
            1
        })
    });
    println!("{} after a second: {}", job.await.unwrap(), began.elapsed() >= Duration::from_secs(1));
}

async fn receive_on_the_pool() {
    let (tx, mut rx) = mpsc::channel(1);
    let consumer = spawn_blocking(move || {
        let mut sum = 0;
        while let Some(number) = rx.blocking_recv() {
            sum += number;
        }
        sum
    });
    for number in 0..5 {
        tx.send(number).await.unwrap();
        sleep(Duration::from_millis(10)).await;
    }
    drop(tx);
    println!("{}", consumer.await.unwrap());
}

async fn send_from_a_thread() {
    let (tx, mut rx) = mpsc::channel(4);
    thread::spawn(move || {
        for number in 0..5 {
            thread::sleep(Duration::from_millis(10));
            tx.blocking_send(number).unwrap();
        }
    });
    let mut received = 0;
    loop {
        match timeout(Duration::from_secs(10), rx.recv()).await {
            Ok(Some(_)) => received += 1,
            Ok(None) => break,
            Err(_) => {
                println!("the deadline fired");
                break;
            }
        }
    }
    println!("{received} of 5");
}

async fn app() {
    block_on_the_pool().await;
    receive_on_the_pool().await;
    send_from_a_thread().await;
}

pub(crate) fn main() {
    workbook::run(app())
}
