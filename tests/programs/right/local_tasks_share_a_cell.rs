//! Tasks of a `LocalSet` share state without a lock, since they take turns on one thread.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/task/struct.LocalSet.html>

use std::{cell::RefCell, rc::Rc, time::Duration};

use tokio::{
    task::{LocalSet, spawn_local},
    time::sleep,
};

async fn count(total: Rc<RefCell<Vec<u64>>>, number: u64) {
    for _ in 0..3 {
        sleep(Duration::from_millis(10 + number)).await;
        total.borrow_mut().push(number);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn app() {
    let total = Rc::new(RefCell::new(Vec::new()));
    let local = LocalSet::new();
    for number in 0..3 {
        local.spawn_local(count(total.clone(), number));
    }
    local.await;
    println!("{}", total.borrow().iter().sum::<u64>());
    LocalSet::new()
        .run_until(async {
            println!("{}", spawn_local(async { 7 }).await.unwrap());
        })
        .await;
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
