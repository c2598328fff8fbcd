//! A `Notify` keeps one notification, however many came: the second of two is lost.

use std::sync::Arc;

use tokio::sync::{Notify, Semaphore};
use workbook::println;

pub(crate) async fn faulty() {
    let parcels = Arc::new(Notify::new());
    let bell = Arc::clone(&parcels);
    let postman = tokio::spawn(async move {
        bell.notify_one();
        bell.notify_one();
    });
    postman.await.unwrap();
    for number in 1..=2 {
        parcels.notified().await; //~ W01
        println!("parcel {number}");
    }
}

pub(crate) async fn right() {
    let parcels = Arc::new(Semaphore::new(0));
    let bell = Arc::clone(&parcels);
    let postman = tokio::spawn(async move {
        bell.add_permits(1);
        bell.add_permits(1);
    });
    postman.await.unwrap();
    for number in 1..=2 {
        parcels.acquire().await.unwrap().forget();
        println!("parcel {number}");
    }
}
