// rejected with: and no other is waited for, however many there are

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

async fn work(t: u64) -> Result<u64, String> {
    sleep(Duration::from_secs(t)).await;
    println!("{}", format!("> task done with [ t = {t} ]").italic().truecolor(128, 128, 128));
    Ok(t)
}

fn async_iterator<F>(jobs: Vec<F>) -> impl Stream<Item = F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    stream::unfold(jobs.into_iter(), |mut jobs| async move { Some((jobs.next()?.await, jobs)) })
}

async fn sequential_loop<F>(jobs: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    stream::iter(jobs).then(std::convert::identity).collect().await
}

async fn gather<F>(jobs: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    jobs.into_iter().collect::<futures::stream::FuturesOrdered<F>>().collect().await
}

async fn wait<F>(jobs: Vec<F>) -> Vec<Result<F::Output, JoinError>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    jobs.into_iter().map(tokio::spawn).collect::<FuturesUnordered<_>>().collect().await
}

async fn as_completed<F>(jobs: Vec<F>, mut each: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let count = jobs.len().max(1);
    stream::iter(jobs).buffer_unordered(count).for_each(|result| std::future::ready(each(result))).await;
}

async fn list_of_tasks<F>(jobs: Vec<F>, mut each: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let count = jobs.len().max(1);
    stream::iter(jobs).buffered(count).for_each(|result| std::future::ready(each(result))).await;
}

async fn task_group<F, T, E>(jobs: Vec<F>) -> Result<(), E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    futures::future::try_join_all(jobs).await.map(drop)
}

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
#[path = "../../checks/24_seven_models.rs"]
mod checks;
