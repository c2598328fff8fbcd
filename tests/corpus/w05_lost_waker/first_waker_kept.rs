//! A future keeps the waker of its first poll only, and is then moved into another task.

use std::{
    cell::RefCell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::{task::spawn_local, time::sleep};
use workbook::println;

#[derive(Default)]
struct Letter {
    text: Option<&'static str>,
    waker: Option<Waker>,
}

struct Read {
    letter: Rc<RefCell<Letter>>,
}

impl Future for Read {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        let mut letter = self.letter.borrow_mut();
        match letter.text {
            Some(text) => Poll::Ready(text),
            None => {
                letter.waker.get_or_insert_with(|| cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

async fn write(letter: Rc<RefCell<Letter>>) {
    sleep(Duration::from_secs(1)).await;
    letter.borrow_mut().text = Some("dear friend");
    let waker = letter.borrow_mut().waker.take();
    waker.into_iter().for_each(Waker::wake);
}

pub(crate) async fn faulty() {
    let letter = Rc::<RefCell<Letter>>::default();
    spawn_local(write(Rc::clone(&letter)));
    let mut read = Read { letter };
    println!("here already: {}", futures::poll!(&mut read).is_ready());
    let reading = spawn_local(async move {
        println!("reading"); //~ W05
        println!("{}", read.await);
    });
    reading.await.unwrap();
}

pub(crate) async fn right() {
    let letter = Rc::<RefCell<Letter>>::default();
    spawn_local(write(Rc::clone(&letter)));
    let mut read = Read { letter };
    println!("here already: {}", futures::poll!(&mut read).is_ready());
    println!("{}", read.await);
}
