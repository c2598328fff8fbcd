//! A stream throws away what does not fit and returns `Pending`, although the receiver inside was ready and keeps no waker.
//!
//! Source: class of <https://tokio.rs/tokio/tutorial/async>
//! Cause: waker

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use futures::{Stream, StreamExt};
use tokio::{sync::mpsc, time::sleep};

struct Even(mpsc::Receiver<u32>);

impl Stream for Even {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        match self.0.poll_recv(cx) {
            //~^ (W05)
            Poll::Ready(Some(number)) if number % 2 == 1 => Poll::Pending,
            other => other,
        }
    }
}

async fn app() {
    let (tx, rx) = mpsc::channel(8);
    let sender = tokio::spawn(async move {
        for number in 0..4 {
            tx.send(number).await.unwrap();
            sleep(Duration::from_millis(10)).await;
        }
    });
    let mut even = Even(rx);
    while let Some(number) = even.next().await {
        //~^ W05
        println!("{number}");
    }
    sender.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
