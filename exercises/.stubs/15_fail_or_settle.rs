//! Several pieces of work run at the same time, and one of them fails. What becomes of the others is for you to choose: the
//! first error ends them all, or everyone is heard to the end. Both are right, each in its place.

use std::time::Duration;

use futures::{TryFutureExt, TryStreamExt, future::join_all, stream::FuturesUnordered};
use tokio::time::{Instant, sleep};
use workbook::println;

/// Waits for `t` seconds, says what came of it, and returns `t`. The work for t = 1 fails.
async fn work(t: u64) -> Result<u64, String> {
    sleep(Duration::from_secs(t)).await;
    if t == 1 {
        println!("> task failed with [t = {t}]");
        return Err(format!("{t} is no good"));
    }
    println!("> task done with [t = {t}]");
    Ok(t)
}

/// Runs all the futures at the same time. If all of them succeed, returns their values in the order of the futures.
///
/// # Errors
/// With the first error there is, at the moment it happens. None of the other futures is alive then: those that were not done
/// have been dropped.
///
/// # Panics
/// If one of the futures does.
async fn fail_fast<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    todo!("run all at once; return all the values, or the first error as soon as there is one, with nothing left alive")
}

/// Runs all the futures at the same time, and waits until every one is done, whatever comes of the others. Returns all the
/// results, values and errors, in the order of the futures.
///
/// # Panics
/// If one of the futures does.
async fn settle<F, T, E>(futures: Vec<F>) -> Vec<Result<T, E>>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    todo!("run all at once; wait for every one of them, and return every result")
}

/// The same work under both policies.
async fn program() {
    let start = Instant::now();
    match fail_fast((0..4).map(work).collect()).await {
        Ok(values) => println!("fail fast: {values:?}"),
        Err(error) => println!("fail fast: {error}"),
    }
    println!("executed in {:.2} seconds.\n", start.elapsed().as_secs_f64());

    let start = Instant::now();
    for result in settle((0..4).map(work).collect()).await {
        match result {
            Ok(value) => println!("settle: {value}"),
            Err(error) => println!("settle: {error}"),
        }
    }
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/15_fail_or_settle.rs"]
mod checks;
