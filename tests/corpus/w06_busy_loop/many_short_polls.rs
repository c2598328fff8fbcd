//! A thousand tasks are spawned, and all of them are polled at one moment, several times.

use tokio::task::{JoinSet, yield_now};
use workbook::println;

pub(crate) async fn right() {
    let mut tasks = JoinSet::new();
    for number in 0..1_000_u32 {
        tasks.spawn(async move {
            yield_now().await;
            yield_now().await;
            number
        });
    }
    println!("{}", tasks.join_all().await.len());
}
