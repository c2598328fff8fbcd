//! A hand-written event keeps the wakers of all who wait for it.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

use tokio::{task::LocalSet, time::sleep};
use workbook::println;

#[derive(Default)]
struct Event {
    happened: Cell<bool>,
    wakers: RefCell<Vec<Waker>>,
}

impl Event {
    async fn wait(&self) {
        poll_fn(|cx| {
            if self.happened.get() {
                return Poll::Ready(());
            }
            self.wakers.borrow_mut().push(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn happen(&self) {
        self.happened.set(true);
        self.wakers.take().into_iter().for_each(Waker::wake);
    }
}

pub(crate) async fn right() {
    let event = Rc::new(Event::default());
    let waiters = LocalSet::new();
    for number in 0..5 {
        let event = Rc::clone(&event);
        waiters.spawn_local(async move {
            event.wait().await;
            println!("{number} has seen it");
        });
    }
    let happening = async {
        sleep(Duration::from_secs(1)).await;
        event.happen();
    };
    tokio::join!(waiters, happening);
}
