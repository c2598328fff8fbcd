//! A wrapper replaces the waker by one that does nothing, so that the wait inside cannot be told that it is over.

use std::{
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use tokio::sync::mpsc;
use workbook::println;

/// Polls the future inside, and counts how often.
struct Counted<F> {
    inside: Pin<Box<F>>,
    polls: u32,
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.polls += 1;
        let polls = self.polls;
        self.inside.as_mut().poll(cx).map(|output| (output, polls))
    }
}

/// Asks for the value in a context of its own.
async fn receive_alone<F: Future>(receiving: F) -> F::Output {
    let mut receiving = pin!(receiving);
    std::future::poll_fn(|_| receiving.as_mut().poll(&mut Context::from_waker(Waker::noop()))).await
}

pub(crate) async fn faulty() {
    let (tx, mut rx) = mpsc::channel(1);
    let sender = tokio::spawn(async move { tx.send(7).await });
    println!("receiving"); //~ W05
    println!("{:?}", receive_alone(rx.recv()).await);
    sender.await.unwrap().unwrap();
}

pub(crate) async fn right() {
    let (tx, mut rx) = mpsc::channel(1);
    let sender = tokio::spawn(async move { tx.send(7).await });
    println!("receiving");
    println!("{:?}", Counted { inside: Box::pin(rx.recv()), polls: 0 }.await);
    sender.await.unwrap().unwrap();
}
