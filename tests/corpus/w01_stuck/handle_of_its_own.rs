//! A task is handed its own handle and awaits it.

use tokio::{
    sync::oneshot::{self, Receiver, Sender},
    task::JoinHandle,
};
use workbook::println;

async fn wait_for(handle: Receiver<JoinHandle<()>>, done: Sender<()>) {
    let handle = handle.await.unwrap();
    handle.await.unwrap(); //~ W01
    done.send(()).unwrap();
}

pub(crate) async fn faulty() {
    let (give, take) = oneshot::channel();
    let (tx, done) = oneshot::channel();
    let task = tokio::spawn(wait_for(take, tx));
    give.send(task).unwrap();
    done.await.unwrap();
    println!("done");
}

pub(crate) async fn right() {
    let (give, take) = oneshot::channel();
    let (tx, done) = oneshot::channel();
    let task = tokio::spawn(wait_for(take, tx));
    give.send(tokio::spawn(async { println!("working") })).unwrap();
    done.await.unwrap();
    task.await.unwrap();
    println!("done");
}
