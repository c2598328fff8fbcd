//! A guard of a lock of the standard library is kept across an await, and the other arm of the join! wants it.
//!
//! Source: <https://github.com/gabrielkoerich/orch/issues/2918>
//! Cause: lock

use std::{sync::RwLock, time::Duration};

use tokio::time::sleep;

async fn count(total: &RwLock<u32>) {
    let mut total = total.write().unwrap(); //~ W02
    sleep(Duration::from_millis(5)).await;
    *total += 1;
}

async fn app() {
    let total = RwLock::new(0);
    tokio::join!(count(&total), count(&total));
    println!("{}", total.read().unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
