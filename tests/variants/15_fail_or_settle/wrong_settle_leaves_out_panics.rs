// rejected with: its place in the list is empty

use std::time::Duration;

use futures::{TryFutureExt, TryStreamExt, future::join_all, stream::FuturesUnordered};
use tokio::time::{Instant, sleep};
use workbook::println;

async fn work(t: u64) -> Result<u64, String> {
    sleep(Duration::from_secs(t)).await;
    if t == 1 {
        println!("> task failed with [t = {t}]");
        return Err(format!("{t} is no good"));
    }
    println!("> task done with [t = {t}]");
    Ok(t)
}

async fn fail_fast<F, T, E>(futures: Vec<F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let numbered = futures.into_iter().enumerate().map(|(nth, future)| future.map_ok(move |value| (nth, value)));
    let mut values: Vec<(usize, T)> = numbered.collect::<FuturesUnordered<_>>().try_collect().await?;
    values.sort_unstable_by_key(|(nth, _)| *nth);
    Ok(values.into_iter().map(|(_, value)| value).collect())
}

async fn settle<F, T, E>(futures: Vec<F>) -> Vec<Result<T, E>>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let tasks: Vec<_> = futures.into_iter().map(|future| tokio::spawn(future)).collect();
    join_all(tasks).await.into_iter().flatten().collect()
}

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
#[path = "../../checks/15_fail_or_settle.rs"]
mod checks;
