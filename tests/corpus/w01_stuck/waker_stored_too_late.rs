//! A future starts its work before it stores its waker, and the work is done at once.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use workbook::println;

#[derive(Default)]
struct Job {
    result: Cell<Option<u32>>,
    waker: RefCell<Option<Waker>>,
}

impl Job {
    fn complete(&self, result: u32) {
        self.result.set(Some(result));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

pub(crate) async fn faulty() {
    let job = Rc::new(Job::default());
    let result = poll_fn(|cx| {
        if let Some(result) = job.result.get() {
            return Poll::Ready(result);
        }
        job.complete(7);
        *job.waker.borrow_mut() = Some(cx.waker().clone()); //~ W01
        Poll::Pending
    });
    println!("{}", result.await);
}

pub(crate) async fn right() {
    let job = Rc::new(Job::default());
    let result = poll_fn(|cx| {
        if let Some(result) = job.result.get() {
            return Poll::Ready(result);
        }
        *job.waker.borrow_mut() = Some(cx.waker().clone());
        job.complete(7);
        Poll::Pending
    });
    println!("{}", result.await);
}
