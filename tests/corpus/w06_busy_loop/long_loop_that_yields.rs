//! A long computation lets others have a turn now and then.

use std::time::Duration;

use tokio::{task::yield_now, time::sleep};
use workbook::println;

async fn sum(numbers: std::ops::Range<u64>) -> u64 {
    let mut sum = 0;
    for number in numbers {
        sum += number;
        yield_now().await;
    }
    sum
}

pub(crate) async fn right() {
    sleep(Duration::from_secs(1)).await;
    println!("{:?}", tokio::join!(sum(0..2_000), sum(2_000..4_000), sleep(Duration::from_secs(1))));
}
