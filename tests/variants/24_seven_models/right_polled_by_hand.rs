// accepted: a hand-written stream, recursion, select_all, poll_fn

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
use futures::FutureExt;
use workbook::println;

async fn work(t: u64) -> Result<u64, String> {
    sleep(Duration::from_secs(t)).await;
    println!("{}", format!("> task done with [ t = {t} ]").italic().truecolor(128, 128, 128));
    Ok(t)
}

struct Iter<F> {
    jobs: std::collections::VecDeque<F>,
    current: Option<std::pin::Pin<Box<F>>>,
}

impl<F> Unpin for Iter<F> {}

impl<F: Future> Stream for Iter<F> {
    type Item = F::Output;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<F::Output>> {
        if self.current.is_none() {
            self.current = self.jobs.pop_front().map(Box::pin);
        }
        let Some(current) = &mut self.current else { return std::task::Poll::Ready(None) };
        let result = std::task::ready!(current.as_mut().poll(cx));
        self.current = None;
        std::task::Poll::Ready(Some(result))
    }
}

fn async_iterator<F>(jobs: Vec<F>) -> impl Stream<Item = F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    Iter { jobs: jobs.into(), current: None }
}

async fn sequential_loop<F>(jobs: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let mut jobs = jobs.into_iter();
    let Some(first) = jobs.next() else { return Vec::new() };
    let mut results = vec![first.await];
    results.extend(Box::pin(sequential_loop(jobs.collect::<Vec<F>>())).await);
    results
}

async fn gather<F>(jobs: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    join_all(jobs).await
}

async fn wait<F>(jobs: Vec<F>) -> Vec<Result<F::Output, JoinError>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let tasks = jobs.into_iter().map(tokio::spawn);
    join_all(tasks).await
}

async fn as_completed<F>(jobs: Vec<F>, mut each: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let mut jobs: Vec<_> = jobs.into_iter().map(Box::pin).collect();
    while !jobs.is_empty() {
        let (result, _, others) = futures::future::select_all(jobs).await;
        each(result);
        jobs = others;
    }
}

async fn list_of_tasks<F>(jobs: Vec<F>, mut each: impl FnMut(F::Output))
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let mut jobs: Vec<_> = jobs.into_iter().map(|job| futures::future::maybe_done(Box::pin(job))).collect();
    let mut next = 0;
    std::future::poll_fn(|cx| {
        for job in &mut jobs[next..] {
            let _ = job.poll_unpin(cx);
        }
        while next < jobs.len()
            && let Some(result) = std::pin::Pin::new(&mut jobs[next]).take_output()
        {
            each(result);
            next += 1;
        }
        if next == jobs.len() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

async fn task_group<F, T, E>(jobs: Vec<F>) -> Result<(), E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut group = JoinSet::new();
    for job in jobs {
        group.spawn(job);
    }
    while let Some(done) = group.join_next().await {
        if let Err(error) = done.expect("no job panics") {
            group.shutdown().await;
            return Err(error);
        }
    }
    Ok(())
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
