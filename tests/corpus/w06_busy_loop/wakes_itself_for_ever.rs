//! A hand-written future asks to be polled again at once, until a time that does not come.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, sleep};
use workbook::println;

struct Until {
    deadline: Instant,
}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.deadline {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

pub(crate) async fn faulty() {
    let deadline = Instant::now() + Duration::from_secs(1);
    println!("waiting"); //~ W06
    Until { deadline }.await;
    println!("a second later");
}

pub(crate) async fn right() {
    let deadline = Instant::now() + Duration::from_secs(1);
    println!("waiting");
    sleep(Duration::from_secs(1)).await;
    Until { deadline }.await;
    println!("a second later");
}
