//! The guard of a `parking_lot::Mutex` is kept across an await, and the other arm of the join! asks for the same lock.
//!
//! Source: class of <https://github.com/gabrielkoerich/orch/issues/2918> and <https://github.com/tokio-rs/tokio/issues/4246>
//! Cause: lock
//! Untrue: at work

use std::{rc::Rc, time::Duration};

use parking_lot::Mutex;

async fn tick(count: Rc<Mutex<u32>>) {
    let mut guard = count.lock(); //~ W02
    tokio::time::sleep(Duration::from_millis(10)).await;
    *guard += 1;
}

async fn app() {
    let count = Rc::new(Mutex::new(0));
    futures::join!(tick(count.clone()), tick(count.clone()));
    println!("{}", count.lock());
}

pub(crate) fn main() {
    workbook::run(app())
}
