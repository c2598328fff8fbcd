//! Two tasks acknowledge each other's messages, the acknowledgements too.

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use workbook::println;

async fn acknowledge(mut inbox: UnboundedReceiver<u32>, friend: UnboundedSender<u32>) {
    loop {
        let Some(number) = inbox.recv().await else { break }; //~ W06
        if friend.send(number + 1).is_err() {
            break;
        }
    }
}

async fn acknowledge_some(mut inbox: UnboundedReceiver<u32>, friend: UnboundedSender<u32>) {
    while let Some(number) = inbox.recv().await {
        if number >= 100 || friend.send(number + 1).is_err() {
            break;
        }
    }
}

pub(crate) async fn faulty() {
    let ((to_left, left), (to_right, right)) = (mpsc::unbounded_channel(), mpsc::unbounded_channel());
    to_left.send(0).unwrap();
    let (here, there) = (tokio::spawn(acknowledge(left, to_right)), tokio::spawn(acknowledge(right, to_left)));
    here.await.unwrap();
    there.await.unwrap();
    println!("all is said");
}

pub(crate) async fn right() {
    let ((to_left, left), (to_right, right)) = (mpsc::unbounded_channel(), mpsc::unbounded_channel());
    to_left.send(0).unwrap();
    let (here, there) = (tokio::spawn(acknowledge_some(left, to_right)), tokio::spawn(acknowledge_some(right, to_left)));
    here.await.unwrap();
    there.await.unwrap();
    println!("all is said");
}
