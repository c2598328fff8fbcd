//! A task asks again and again whether another is done, and never lets time pass.

use std::{cell::Cell, rc::Rc, time::Duration};

use tokio::{task::yield_now, time::sleep};

pub(crate) async fn faulty() {
    let done = Rc::new(Cell::new(false));
    let flag = Rc::clone(&done);
    tokio::task::spawn_local(async move {
        sleep(Duration::from_secs(1)).await;
        flag.set(true);
    });
    while !done.get() {
        yield_now().await; //~ W06
    }
}

pub(crate) async fn right() {
    let done = tokio::task::spawn_local(sleep(Duration::from_secs(1)));
    done.await.unwrap();
}
