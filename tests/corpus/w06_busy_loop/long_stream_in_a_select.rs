//! Very many values are there at once, and loops take all of them in one go. That is no fault: they end.

use futures::{StreamExt, stream};
use tokio::sync::watch;
use workbook::println;

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (_stop, mut stopped) = watch::channel(false);
    let mut values = stream::iter(0..10_000_u64);
    let mut sum = 0;
    loop {
        tokio::select! {
            biased;
            _ = stopped.changed() => break,
            value = values.next() => match value {
                Some(value) => sum += value,
                None => break,
            },
        }
    }
    let mut more = stream::iter(0..100_000_u64);
    while let Some(value) = more.next().await {
        sum += value;
    }
    println!("{sum}");
}
