//! A future waits for two coins; the first one takes the waker, and the next poll does not store it again.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

use tokio::{task::spawn_local, time::sleep};
use workbook::println;

#[derive(Default)]
struct Slot {
    coins: Cell<u32>,
    waker: RefCell<Option<Waker>>,
}

async fn insert_coins(slot: Rc<Slot>) {
    for _ in 0..2 {
        sleep(Duration::from_secs(1)).await;
        slot.coins.set(slot.coins.get() + 1);
        if let Some(waker) = slot.waker.take() {
            waker.wake();
        }
    }
}

async fn two_coins(slot: &Slot, each_time: bool) {
    let mut asked = false;
    poll_fn(|cx| {
        if slot.coins.get() == 2 {
            return Poll::Ready(());
        }
        if !asked || each_time {
            *slot.waker.borrow_mut() = Some(cx.waker().clone()); //~ W05
        }
        asked = true;
        Poll::Pending
    })
    .await;
}

pub(crate) async fn faulty() {
    let slot = Rc::new(Slot::default());
    spawn_local(insert_coins(Rc::clone(&slot)));
    two_coins(&slot, false).await;
    println!("a ticket");
}

pub(crate) async fn right() {
    let slot = Rc::new(Slot::default());
    spawn_local(insert_coins(Rc::clone(&slot)));
    two_coins(&slot, true).await;
    println!("a ticket");
}
