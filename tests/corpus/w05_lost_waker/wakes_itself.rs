//! A future keeps no waker, and calls it before it returns `Pending`.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use workbook::println;

struct CountDown(u32);

impl Future for CountDown {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        if self.0 == 0 {
            return Poll::Ready("lift-off");
        }
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

pub(crate) async fn right() {
    println!("{}", CountDown(100).await);
    println!("{}", tokio::spawn(CountDown(100)).await.unwrap());
}
