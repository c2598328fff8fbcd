//! A task panics while the main function does something else, which looks at every handle afterwards.

use std::time::Duration;

use tokio::{
    task::{JoinSet, yield_now},
    time::sleep,
};
use workbook::println;

async fn halve(number: u32) -> u32 {
    assert!(number.is_multiple_of(2), "{number} is odd");
    number / 2
}

pub(crate) async fn right() {
    let halves: Vec<_> = (1..=3).map(|number| tokio::spawn(halve(number))).collect();
    let mut set = JoinSet::new();
    set.spawn(halve(5));
    let at_once = tokio::spawn(async {
        yield_now().await;
        halve(7).await
    });
    println!("{:?}", at_once.await.map_err(|error| error.is_panic()));
    sleep(Duration::from_secs(1)).await;
    for half in halves {
        println!("{:?}", half.await.map_err(|error| error.is_panic()));
    }
    while let Some(half) = set.join_next().await {
        println!("{:?}", half.map_err(|error| error.is_panic()));
    }
}
