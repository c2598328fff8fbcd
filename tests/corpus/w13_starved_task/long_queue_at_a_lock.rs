//! Twenty tasks wait for their turn at a fair lock, and each gets it in its order; a few at one that is not fair.

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::{task::yield_now, time::sleep};
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let fair = Arc::new(tokio::sync::Mutex::new(0));
    join_all((0..20).map(|_| async {
        for _ in 0..3 {
            let mut count = fair.lock().await;
            sleep(Duration::from_millis(5)).await;
            *count += 1;
        }
    }))
    .await;
    let unfair = Arc::new(futures::lock::Mutex::new(0));
    let tasks = (0..3).map(|_| {
        let unfair = unfair.clone();
        tokio::spawn(async move {
            for _ in 0..10 {
                *unfair.lock().await += 1;
                yield_now().await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    println!("{} and {}", fair.lock().await, *unfair.lock().await);
}
