//! Two tasks await each other's handles.

use tokio::{
    sync::oneshot::{self, Receiver, Sender},
    task::JoinHandle,
};
use workbook::println;

async fn wait_for(friend: Receiver<JoinHandle<()>>, gone: Sender<()>) {
    let friend = friend.await.unwrap();
    friend.await.unwrap(); //~ W01
    println!("my friend is gone, and so am I");
    gone.send(()).unwrap();
}

pub(crate) async fn faulty() {
    let ((to_left, for_left), (to_right, for_right)) = (oneshot::channel(), oneshot::channel());
    let ((left_gone, left), (right_gone, right)) = (oneshot::channel(), oneshot::channel());
    to_right.send(tokio::spawn(wait_for(for_left, left_gone))).unwrap();
    to_left.send(tokio::spawn(wait_for(for_right, right_gone))).unwrap();
    left.await.unwrap();
    right.await.unwrap();
}

pub(crate) async fn right() {
    let ((to_left, for_left), (to_right, for_right)) = (oneshot::channel(), oneshot::channel());
    let ((left_gone, left), (right_gone, right)) = (oneshot::channel(), oneshot::channel());
    to_right.send(tokio::spawn(wait_for(for_left, left_gone))).unwrap();
    let last = tokio::spawn(wait_for(for_right, right_gone));
    to_left.send(tokio::spawn(async { println!("I wait for nobody") })).unwrap();
    left.await.unwrap();
    right.await.unwrap();
    last.await.unwrap();
}
