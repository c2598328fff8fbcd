//! Main awaits a task of a `LocalSet` that nobody runs.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/7022>
//! Cause: localset | never polled | not been polled | was not polled

use tokio::task::LocalSet;

async fn app() {
    let set = LocalSet::new();
    let local = set.spawn_local(async {
        println!("local");
        7
    });
    println!("{}", local.await.unwrap()); //~ W01
}

pub(crate) fn main() {
    workbook::run(app())
}
