//! A supervisor looks at each end of its tasks in a `JoinSet`, and starts those again that panicked.
//!
//! Source: <https://github.com/librefang/librefang/issues/3740> as it is mended

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};

async fn worker(number: u64, attempt: u64) -> u64 {
    sleep(Duration::from_millis(5 * number)).await;
    assert!(number != 1 || attempt == 2, "worker {number} fails at attempt {attempt}");
    number
}

async fn app() {
    let mut workers = JoinSet::new();
    for number in 0..3 {
        workers.spawn(worker(number, 0));
    }
    let mut restarts = 0;
    while let Some(ended) = workers.join_next().await {
        if let Err(error) = ended {
            assert!(error.is_panic());
            restarts += 1;
            workers.spawn(worker(1, restarts));
        }
    }
    println!("{restarts} restarts");
}

pub(crate) fn main() {
    workbook::run(app())
}
