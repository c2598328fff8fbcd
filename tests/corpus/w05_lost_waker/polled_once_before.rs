//! A future is tried with `now_or_never`, and keeps the waker of that try, which wakes nobody.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

use futures::FutureExt;
use tokio::{task::spawn_local, time::sleep};
use workbook::println;

#[derive(Default)]
struct Tea {
    ready: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

async fn brew(tea: Rc<Tea>) {
    sleep(Duration::from_secs(1)).await;
    tea.ready.set(true);
    tea.waker.take().unwrap().wake();
}

async fn drink(tea: &Tea, newest: bool) -> &'static str {
    poll_fn(|cx| {
        if tea.ready.get() {
            return Poll::Ready("it tastes good");
        }
        let mut waker = tea.waker.borrow_mut();
        if newest || waker.is_none() {
            *waker = Some(cx.waker().clone());
        }
        Poll::Pending
    })
    .await
}

pub(crate) async fn faulty() {
    let tea = Rc::new(Tea::default());
    spawn_local(brew(Rc::clone(&tea)));
    let mut drinking = Box::pin(drink(&tea, false));
    println!("{:?}", (&mut drinking).now_or_never()); //~ W05
    println!("{}", drinking.await);
}

pub(crate) async fn right() {
    let tea = Rc::new(Tea::default());
    spawn_local(brew(Rc::clone(&tea)));
    let mut drinking = Box::pin(drink(&tea, true));
    println!("{:?}", (&mut drinking).now_or_never());
    println!("{}", drinking.await);
}
