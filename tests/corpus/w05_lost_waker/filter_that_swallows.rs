//! A filter drops a message it does not like and returns `Pending`, though the channel was ready and kept no waker.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt, ready};
use tokio::sync::mpsc::{self, Receiver};
use workbook::println;

struct Even(Receiver<u32>);

impl Stream for Even {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        match ready!(self.0.poll_recv(cx)) {
            Some(number) if number % 2 == 1 => Poll::Pending,
            other => Poll::Ready(other),
        }
    }
}

struct EvenAtLast(Receiver<u32>);

impl Stream for EvenAtLast {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
        loop {
            match ready!(self.0.poll_recv(cx)) {
                Some(number) if number % 2 == 1 => {}
                other => return Poll::Ready(other),
            }
        }
    }
}

async fn numbers() -> Receiver<u32> {
    let (tx, rx) = mpsc::channel(8);
    for number in [2, 4, 5, 6] {
        tx.send(number).await.unwrap();
    }
    rx
}

pub(crate) async fn faulty() {
    let mut even = Even(numbers().await);
    while let Some(number) = even.next().await {
        println!("{number}"); //~ W05
    }
}

pub(crate) async fn right() {
    let mut even = EvenAtLast(numbers().await);
    while let Some(number) = even.next().await {
        println!("{number}");
    }
}
