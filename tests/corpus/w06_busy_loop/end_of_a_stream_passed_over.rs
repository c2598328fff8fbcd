//! A loop goes on asking a stream that is at its end, within an async fn of its own, and passes over that there is nothing more.

use futures::{Stream, StreamExt, stream};
use workbook::println;

#[workbook::awaits::tracked]
async fn next_order(orders: &mut (impl Stream<Item = u32> + Unpin)) -> Option<u32> {
    orders.next().await
}

#[workbook::awaits::tracked]
async fn serve() {
    let mut orders = stream::iter(1..=3).fuse();
    loop {
        match next_order(&mut orders).await { //~ W06
            Some(order) => println!("order {order}"),
            None => continue,
        }
    }
}

pub(crate) async fn faulty() {
    tokio::spawn(serve()).await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let mut orders = stream::iter(1..=3).fuse();
    while let Some(order) = next_order(&mut orders).await {
        println!("order {order}");
    }
}
