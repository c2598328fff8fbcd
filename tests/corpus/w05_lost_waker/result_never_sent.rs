//! A task awaits a lamp that keeps no waker, and who waits for news from the task waits in vain, too.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
    task::{Poll, Waker},
    time::Duration,
};

use tokio::{sync::mpsc, time::sleep};
use workbook::println;

#[derive(Default)]
struct Lamp {
    on: bool,
    waker: Option<Waker>,
}

async fn shines(lamp: Arc<Mutex<Lamp>>, keeps_waker: bool) {
    poll_fn(|cx| {
        let mut lamp = lamp.lock().unwrap();
        if lamp.on {
            return Poll::Ready(());
        }
        if keeps_waker {
            lamp.waker = Some(cx.waker().clone());
        }
        Poll::Pending
    })
    .await;
}

async fn light_up(lamp: Arc<Mutex<Lamp>>) {
    sleep(Duration::from_secs(1)).await;
    let waker = {
        let mut lamp = lamp.lock().unwrap();
        lamp.on = true;
        lamp.waker.take()
    };
    waker.into_iter().for_each(Waker::wake);
}

async fn read_by_lamplight(keeps_waker: bool) {
    let (news, mut inbox) = mpsc::channel(1);
    let lamp = Arc::<Mutex<Lamp>>::default();
    let switch = tokio::spawn(light_up(Arc::clone(&lamp)));
    tokio::spawn(async move {
        news.send("it is dark").await.unwrap();
        println!("waiting for light"); //~ W05
        shines(lamp, keeps_waker).await;
        news.send("it is bright").await.unwrap();
    });
    while let Some(text) = inbox.recv().await {
        println!("{text}");
    }
    switch.await.unwrap();
}

pub(crate) async fn faulty() {
    read_by_lamplight(false).await;
}

pub(crate) async fn right() {
    read_by_lamplight(true).await;
}
