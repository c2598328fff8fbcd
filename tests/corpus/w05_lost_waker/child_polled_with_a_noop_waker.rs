//! A hand-written join polls its children with a waker that does nothing, instead of its own.

use std::{
    pin::Pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::time::{Sleep, sleep};
use workbook::println;

struct Both {
    children: [Pin<Box<Sleep>>; 2],
    noop: bool,
}

impl Future for Both {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = if self.noop { Waker::noop() } else { cx.waker() };
        let mut cx = Context::from_waker(waker);
        let mut all = Poll::Ready(());
        for child in &mut self.children {
            if child.as_mut().poll(&mut cx).is_pending() {
                //~^ W05
                all = Poll::Pending;
            }
        }
        all
    }
}

fn two_sleeps() -> [Pin<Box<Sleep>>; 2] {
    [1, 2].map(|seconds| Box::pin(sleep(Duration::from_secs(seconds))))
}

pub(crate) async fn faulty() {
    Both { children: two_sleeps(), noop: true }.await;
    println!("both are over");
}

pub(crate) async fn right() {
    Both { children: two_sleeps(), noop: false }.await;
    println!("both are over");
}
