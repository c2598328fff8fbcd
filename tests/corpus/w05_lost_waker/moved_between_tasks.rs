//! A hand-written future is polled in two tasks, and keeps the newest waker.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
    task::{Poll, Waker},
    time::Duration,
};

use tokio::time::sleep;
use workbook::println;

#[derive(Default)]
struct Bell {
    rung: bool,
    waker: Option<Waker>,
}

async fn hear(bell: Arc<Mutex<Bell>>) {
    poll_fn(|cx| {
        let mut bell = bell.lock().unwrap();
        if bell.rung {
            return Poll::Ready(());
        }
        match &mut bell.waker {
            Some(waker) => waker.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        Poll::Pending
    })
    .await;
}

pub(crate) async fn right() {
    let bell = Arc::new(Mutex::new(Bell::default()));
    let mut hearing = Box::pin(hear(Arc::clone(&bell)));
    println!("{}", futures::poll!(&mut hearing).is_ready());
    let listener = tokio::spawn(hearing);
    sleep(Duration::from_secs(1)).await;
    let waker = {
        let mut bell = bell.lock().unwrap();
        bell.rung = true;
        bell.waker.take()
    };
    waker.unwrap().wake();
    listener.await.unwrap();
}
