//! A task asks for more permits at once than the semaphore has.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, time::sleep};
use workbook::println;

async fn eat(guests: u32, chairs: Arc<Semaphore>) {
    let seats = chairs.acquire_many(guests).await.unwrap(); //~ W01
    sleep(Duration::from_secs(1)).await;
    println!("{} have eaten", seats.num_permits());
}

async fn dinner(groups: [u32; 3]) {
    let chairs = Arc::new(Semaphore::new(4));
    let tables = groups.map(|guests| tokio::spawn(eat(guests, Arc::clone(&chairs))));
    for table in tables {
        table.await.unwrap();
    }
}

pub(crate) async fn faulty() {
    dinner([2, 5, 1]).await;
}

pub(crate) async fn right() {
    dinner([2, 4, 1]).await;
}
