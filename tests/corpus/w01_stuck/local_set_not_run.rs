//! The handle of a local task is awaited outside of its `LocalSet`, which nobody runs.

use tokio::task::LocalSet;
use workbook::println;

pub(crate) async fn faulty() {
    let set = LocalSet::new();
    let answer = set.spawn_local(async { 42 });
    println!("{}", answer.await.unwrap()); //~ W01
}

pub(crate) async fn right() {
    let set = LocalSet::new();
    let answer = set.spawn_local(async { 42 });
    set.run_until(async { println!("{}", answer.await.unwrap()) }).await;
}
