//! A task waits for ever in an empty loop, where an await was meant.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

#[expect(clippy::empty_loop, reason = "it is the fault")]
async fn serve() {
    println!("serving");
    loop {} //~ W02
}

pub(crate) async fn faulty() {
    let serving = tokio::spawn(serve());
    sleep(Duration::from_secs(1)).await;
    serving.abort();
}

async fn serve_rightly() {
    println!("serving");
    std::future::pending().await
}

pub(crate) async fn right() {
    let serving = tokio::spawn(serve_rightly());
    sleep(Duration::from_secs(1)).await;
    serving.abort();
}
