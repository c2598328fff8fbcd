//! Seven ways to await the same list of jobs. Two of them take as long as all the jobs together, five as long as the
//! longest; and each has a mark of its own: who asks for the next job, in which order results arrive, what becomes of
//! a failure.

use std::time::Duration;

use colored::Colorize;
use futures::{
    Stream, StreamExt,
    future::join_all,
    stream::{self, FuturesUnordered},
};
use tokio::{
    task::{JoinError, JoinSet},
    time::{Instant, sleep},
};
use workbook::println;

/// Sleeps for `t` seconds, says so, and returns `t`.
async fn work(t: u64) -> Result<u64, String> {
    sleep(Duration::from_secs(t)).await;
    println!("{}", format!("> task done with [ t = {t} ]").italic().truecolor(128, 128, 128));
    Ok(t)
}

/// Model 1: a stream that yields the result of each job, in order. A job begins when its result is asked for, and not
/// before; the next one stands still until somebody asks again.
fn async_iterator<F>(jobs: Vec<F>) -> impl Stream<Item = F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("make a stream of the jobs, and run each in the pull that asks for it; stream! or StreamExt::then do that");
    stream::empty()
}

/// Model 2: runs the jobs in order, each when the one before it is done, and returns all their results.
async fn sequential_loop<F>(jobs: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("await each job in a loop, and collect the results")
}

/// Model 3: runs all jobs at once, and returns their results in the order of the jobs.
async fn gather<F>(jobs: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("await all jobs with one await; join_all keeps their order")
}

/// Model 4: runs each job in a task of its own, all at once, and waits until every task is done. Returns what became of
/// them, in any order; a task that panicked is among them as an error, and does no harm to the others.
async fn wait<F>(jobs: Vec<F>) -> Vec<Result<F::Output, JoinError>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("spawn each job, and wait for all the handles: what they yield is what is to be returned")
}

/// Model 5: runs all jobs at once, and calls `each` with every result as soon as it is there, whichever job is first.
async fn as_completed<F>(jobs: Vec<F>, mut each: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("run all jobs at once, in a JoinSet or in FuturesUnordered, and hand on what comes next until nothing does")
}

/// Model 6: runs all jobs at once, and calls `each` with their results in the order of the jobs: with each one as soon as
/// it and all before it are there.
async fn list_of_tasks<F>(jobs: Vec<F>, mut each: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("spawn all jobs, keep the handles in a Vec, and await one after the other")
}

/// Model 7: runs all jobs at once. Returns when all are done; or when the first has failed, with its error: the others are
/// then cancelled, and are gone before it returns.
async fn task_group<F, T, E>(jobs: Vec<F>) -> Result<(), E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    todo!("spawn the jobs on a JoinSet; on the first error shut the set down, wait until it is, and return the error")
}

/// Awaits one model, and says how long that took.
async fn measure(title: &str, model: impl Future) {
    let start = Instant::now();
    model.await;
    println!("\n{title} : [{:.6} sec]\n", start.elapsed().as_secs_f64());
}

async fn program() {
    let jobs = || (0..4).map(work).collect::<Vec<_>>();
    let start = Instant::now();
    println!();
    measure("Async iterator, asked for one result at a time", async_iterator(jobs()).for_each(async |_| {})).await;
    measure("Sequential loop, an await in each turn", sequential_loop(jobs())).await;
    measure("Futures joined into one, as with join_all", gather(jobs())).await;
    measure("Tasks, waited for until all are done", wait(jobs())).await;
    measure("Results as the jobs complete", as_completed(jobs(), drop)).await;
    measure("List of tasks, awaited in order", list_of_tasks(jobs(), drop)).await;
    measure("Group of tasks that end together", task_group(jobs())).await;
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/24_seven_models.rs"]
mod checks;
