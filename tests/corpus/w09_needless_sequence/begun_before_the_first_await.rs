//! Two futures are awaited in turn, after both have begun.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

pub(crate) async fn right() {
    let mut first = Box::pin(sleep(Duration::from_secs(1)));
    let mut second = Box::pin(sleep(Duration::from_secs(2)));
    // A poll begins a wait; an await is only what follows it to its end.
    let begun = (futures::poll!(&mut first).is_ready(), futures::poll!(&mut second).is_ready());
    first.await;
    second.await;
    println!("{begun:?}");
}
