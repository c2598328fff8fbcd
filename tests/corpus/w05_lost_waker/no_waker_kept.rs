//! A future that is told of a value by another task keeps no waker, so nobody can tell it.

use std::{
    cell::Cell,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

use tokio::time::sleep;
use workbook::println;

pub(crate) async fn faulty() {
    let value = Rc::new(Cell::new(None));
    let slot = Rc::clone(&value);
    tokio::task::spawn_local(async move {
        sleep(Duration::from_secs(1)).await;
        slot.set(Some(7));
    });
    println!("waiting"); //~ W05
    let got = std::future::poll_fn(|_| value.get().map_or(Poll::Pending, Poll::Ready)).await;
    println!("{got}");
}

pub(crate) async fn right() {
    let value = Rc::new(Cell::new((None, Waker::noop().clone())));
    let slot = Rc::clone(&value);
    tokio::task::spawn_local(async move {
        sleep(Duration::from_secs(1)).await;
        let (_, waker) = slot.replace((Some(7), Waker::noop().clone()));
        waker.wake();
    });
    println!("waiting");
    let got = std::future::poll_fn(|cx| {
        let (got, _) = value.replace((None, cx.waker().clone()));
        got.map_or(Poll::Pending, Poll::Ready)
    })
    .await;
    println!("{got}");
}
