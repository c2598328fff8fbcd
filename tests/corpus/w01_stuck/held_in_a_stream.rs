//! A stream works on several items at a time, and those that are done keep their permits in the list of results.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, stream};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use workbook::println;

async fn bake(cake: u32, ovens: Arc<Semaphore>) -> (u32, OwnedSemaphorePermit) {
    let oven = ovens.acquire_owned().await.unwrap(); //~ W01
    sleep(Duration::from_secs(1)).await;
    (cake, oven)
}

pub(crate) async fn faulty() {
    let ovens = Arc::new(Semaphore::new(2));
    let baking = stream::iter(1..=4).map(|cake| bake(cake, Arc::clone(&ovens))).buffer_unordered(4);
    let cakes: Vec<_> = baking.collect().await;
    println!("{} cakes", cakes.len());
}

pub(crate) async fn right() {
    let ovens = Arc::new(Semaphore::new(2));
    let baking = stream::iter(1..=4).map(|cake| bake(cake, Arc::clone(&ovens))).buffer_unordered(4);
    let cakes: Vec<u32> = baking.map(|(cake, _oven)| cake).collect().await;
    println!("{} cakes", cakes.len());
}
