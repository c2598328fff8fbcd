//! A task of a `JoinSet` panics, and the loop that empties the set does not look at what it gets.
//!
//! Source: class of <https://github.com/librefang/librefang/issues/3740>
//! Cause: panicked

use std::time::Duration;

use tokio::task::JoinSet;

async fn app() {
    let mut jobs = JoinSet::new();
    for job in 0..4 {
        jobs.spawn(async move {
            tokio::time::sleep(Duration::from_millis(job)).await;
            if job == 2 {
                panic!("job {job} failed"); //~ W04
            }
            job
        });
    }
    while let Some(_) = jobs.join_next().await {}
    println!("all done");
}

pub(crate) fn main() {
    workbook::run(app())
}
