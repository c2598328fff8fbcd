//! Two tasks answer each other, with a pause before each answer, and neither has the last word.

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    time::sleep,
};
use workbook::println;

async fn write(mut inbox: Receiver<u32>, friend: Sender<u32>, last: u32) {
    while let Some(number) = inbox.recv().await {
        //~^ W07
        sleep(Duration::from_secs(1)).await;
        if number == last || friend.send(number + 1).await.is_err() {
            break;
        }
    }
}

async fn correspond(last: u32) {
    let ((to_ada, ada), (to_alan, alan)) = (mpsc::channel(1), mpsc::channel(1));
    to_ada.send(1).await.unwrap();
    tokio::join!(write(ada, to_alan, last), write(alan, to_ada, last));
    println!("the last letter is read");
}

pub(crate) async fn faulty() {
    correspond(u32::MAX).await;
}

pub(crate) async fn right() {
    correspond(100).await;
}
