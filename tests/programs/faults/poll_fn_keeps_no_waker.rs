//! A future written with `poll_fn` looks at a flag and keeps no waker.
//!
//! Source: own small program of this shape
//! Cause: waker

use std::{cell::Cell, future::poll_fn, rc::Rc, task::Poll, time::Duration};

use tokio::{task::spawn_local, time::sleep};

async fn app() {
    let ready = Rc::new(Cell::new(false));
    let theirs = ready.clone();
    spawn_local(async move {
        sleep(Duration::from_millis(100)).await;
        theirs.set(true);
    });
    let is_ready = poll_fn(|_| if ready.get() { Poll::Ready(()) } else { Poll::Pending });
    is_ready.await; //~ W05
    println!("ready");
}

pub(crate) fn main() {
    workbook::run(app())
}
