//! Several tasks do the same work at different speeds. Whoever waits for the first of them has one result early; the others
//! are not stopped by that. They go on, and what they yield can be had later.

use std::time::Duration;

use futures::future::{join_all, select_all};
use tokio::{
    task::{JoinError, JoinHandle},
    time::{Instant, sleep},
};
use workbook::println;

/// What keeps the tasks that are still running, so that somebody can wait for them later. A list of their handles will do; if
/// you like another type better, write it here: a `JoinSet<T>`, for instance.
type Pending<T> = Vec<JoinHandle<T>>;

/// Waits for `t` seconds, says so, and returns `t`.
async fn work(t: u64) -> u64 {
    sleep(Duration::from_secs(t)).await;
    println!("> task done with [t = {t}]");
    t
}

/// Starts all the futures at the same time, and waits until the first of them is done, whichever that is. Returns then and
/// there: what that one yielded, and the others. They go on, whatever the caller does meanwhile.
///
/// A future that panics is done too: it yields the error that the handle of a task yields.
///
/// # Panics
/// If there is no future at all: nothing can be the first.
async fn wait_first<F>(futures: Vec<F>) -> (Result<F::Output, JoinError>, Pending<F::Output>)
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!(
        "start a task for each of the futures; wait for the one that is done first; hand back its result and the others"
    )
}

/// Waits until all the others are done too, and returns what each of them yielded, in any order.
async fn wait_all<T: Send + 'static>(pending: Pending<T>) -> Vec<Result<T, JoinError>> {
    todo!("wait for every task that is left, and return all their results")
}

/// Takes what is done first, does something else for a while, and asks for the rest.
async fn program() {
    let start = Instant::now();
    let (first, pending) = wait_first(vec![work(4), work(1), work(2), work(3)]).await;
    println!("the first: {} after {:.2} s", first.expect("work does not panic"), start.elapsed().as_secs_f64());

    println!("something else, for 1.5 s");
    sleep(Duration::from_millis(1500)).await;

    println!("and the others?");
    let mut others: Vec<u64> = wait_all(pending).await.into_iter().flatten().collect();
    others.sort_unstable();
    println!("the others: {others:?} after {:.2} s", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/14_wait_first.rs"]
mod checks;
