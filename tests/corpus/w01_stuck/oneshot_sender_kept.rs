//! On one path the sender of a oneshot channel is neither used nor dropped.

use tokio::sync::oneshot::{self, Sender};
use workbook::println;

struct Waiter {
    reply: Option<Sender<u32>>,
}

impl Waiter {
    fn answer(&mut self, question: &str) {
        if let Ok(number) = question.parse() {
            self.reply.take().unwrap().send(number).unwrap();
        }
    }
}

pub(crate) async fn faulty() {
    let (tx, rx) = oneshot::channel();
    let mut waiter = Waiter { reply: Some(tx) };
    waiter.answer("seven");
    println!("{:?}", rx.await); //~ W01
    drop(waiter);
}

pub(crate) async fn right() {
    let (tx, rx) = oneshot::channel();
    let mut waiter = Waiter { reply: Some(tx) };
    waiter.answer("seven");
    drop(waiter);
    println!("{:?}", rx.await);
}
