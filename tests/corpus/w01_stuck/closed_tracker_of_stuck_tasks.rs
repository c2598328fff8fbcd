//! A `TaskTracker` is closed, and one of its tasks waits for a value that never comes: that one is to blame.

use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;
use workbook::println;

async fn take(dish: oneshot::Receiver<&'static str>) {
    println!("{:?}", dish.await); //~ W01
}

async fn take_two(soup: oneshot::Receiver<&'static str>, cake: oneshot::Receiver<&'static str>) {
    println!("{:?} {:?}", soup.await, cake.await);
}

pub(crate) async fn faulty() {
    let guests = TaskTracker::new();
    let (soup, takes_soup) = oneshot::channel();
    let (cake, takes_cake) = oneshot::channel();
    guests.spawn(take(takes_soup));
    guests.spawn(take(takes_cake));
    soup.send("soup").unwrap();
    guests.close();
    guests.wait().await;
    drop(cake);
}

pub(crate) async fn right() {
    let guests = TaskTracker::new();
    let (soup, takes_soup) = oneshot::channel();
    let (cake, takes_cake) = oneshot::channel();
    guests.spawn(take_two(takes_soup, takes_cake));
    soup.send("soup").unwrap();
    cake.send("cake").unwrap();
    guests.close();
    guests.wait().await;
}
