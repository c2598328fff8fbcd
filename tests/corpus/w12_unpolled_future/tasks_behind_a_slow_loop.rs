//! The requests are tasks, so they go on while the loop is slow: only their results wait.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::sleep;
use workbook::println;

#[workbook::awaits::tracked]
async fn request(number: u64) -> u64 {
    sleep(Duration::from_millis(10 * number)).await;
    sleep(Duration::from_millis(10)).await;
    number
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut requests: FuturesUnordered<_> = (0..4).map(|number| tokio::spawn(request(number))).collect();
    while let Some(answer) = requests.next().await {
        sleep(Duration::from_secs(2)).await;
        println!("answer {}", answer.unwrap());
    }
}
