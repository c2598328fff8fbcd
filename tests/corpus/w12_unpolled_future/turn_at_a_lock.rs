//! A future that waits for a lock is set aside; it is given the lock, and keeps it from all others until it is polled.

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{sync::Mutex, time::sleep};
use workbook::println;

#[workbook::awaits::tracked]
async fn add(total: Arc<Mutex<u32>>) {
    *total.lock().await += 1;
}

/// Two tasks that want the lock as well: one has it for the first two seconds.
#[workbook::awaits::tracked]
fn others(total: &Arc<Mutex<u32>>) -> [tokio::task::JoinHandle<()>; 2] {
    let (first, second) = (total.clone(), total.clone());
    let first = tokio::spawn(async move {
        let _guard = first.lock().await;
        sleep(Duration::from_secs(2)).await;
    });
    let second = tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        add(second).await;
        println!("the other task has had its turn");
    });
    [first, second]
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let total = Arc::new(Mutex::new(0));
    let others = others(&total);
    sleep(Duration::from_millis(100)).await;
    let mut adding = add(total.clone()).boxed();
    tokio::select! {
        () = &mut adding => return,
        () = sleep(Duration::from_millis(500)) => println!("still waiting for the lock"),
    }
    sleep(Duration::from_secs(8)).await; //~ W12
    adding.await;
    for other in others {
        other.await.unwrap();
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let total = Arc::new(Mutex::new(0));
    let others = others(&total);
    sleep(Duration::from_millis(100)).await;
    let mut adding = tokio::spawn(add(total.clone()));
    tokio::select! {
        _ = &mut adding => return,
        () = sleep(Duration::from_millis(500)) => println!("still waiting for the lock"),
    }
    sleep(Duration::from_secs(8)).await;
    adding.await.unwrap();
    for other in others {
        other.await.unwrap();
    }
}
