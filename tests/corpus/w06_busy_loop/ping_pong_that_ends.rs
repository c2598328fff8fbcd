//! Two tasks send a ball to and fro a thousand times at one moment, and stop.

use tokio::sync::mpsc::{self, Receiver, Sender};
use workbook::println;

async fn play(mut ball: Receiver<u32>, over: Sender<u32>) -> u32 {
    let mut hits = 0;
    while let Some(number) = ball.recv().await {
        hits += 1;
        if number == 1_000 || over.send(number + 1).await.is_err() {
            break;
        }
    }
    hits
}

pub(crate) async fn right() {
    let ((to_left, left), (to_right, right)) = (mpsc::channel(1), mpsc::channel(1));
    to_left.send(0).await.unwrap();
    let (here, there) = (tokio::spawn(play(left, to_right)), tokio::spawn(play(right, to_left)));
    println!("{} and {}", here.await.unwrap(), there.await.unwrap());
}
