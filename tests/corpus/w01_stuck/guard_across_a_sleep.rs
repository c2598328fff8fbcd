//! Ten tasks hold a lock across an await, each in its turn.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::sleep};
use workbook::println;

async fn draw(paper: Arc<Mutex<Vec<u32>>>, number: u32) {
    let mut paper = paper.lock().await;
    sleep(Duration::from_secs(1)).await;
    paper.push(number);
}

pub(crate) async fn right() {
    let paper = Arc::new(Mutex::new(Vec::new()));
    let artists = (0..10).map(|number| tokio::spawn(draw(Arc::clone(&paper), number)));
    futures::future::join_all(artists).await;
    println!("{:?}", paper.lock().await);
}
