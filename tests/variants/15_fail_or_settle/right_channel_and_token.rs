// accepted: tasks that report on a channel and end at a token; the channel closes with the last of them

use std::time::Duration;

use futures::future::{join_all, try_join_all};
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
    let count = futures.len();
    let token = tokio_util::sync::CancellationToken::new();
    let tracker = tokio_util::task::TaskTracker::new();
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for (nth, future) in futures.into_iter().enumerate() {
        let (token, sender) = (token.clone(), sender.clone());
        tracker.spawn(async move {
            if let Some(result) = token.run_until_cancelled(future).await {
                let _ = sender.send((nth, result));
            }
        });
    }
    drop(sender);
    let mut values = Vec::new();
    let mut failure = None;
    while let Some((nth, result)) = receiver.recv().await {
        match result {
            Ok(value) => values.push((nth, value)),
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    token.cancel();
    tracker.close();
    tracker.wait().await;
    if let Some(error) = failure {
        return Err(error);
    }
    assert_eq!(values.len(), count, "one of the futures has panicked");
    values.sort_by_key(|(nth, _)| *nth);
    Ok(values.into_iter().map(|(_, value)| value).collect())
}

async fn settle<F, T, E>(futures: Vec<F>) -> Vec<Result<T, E>>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    join_all(futures).await
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
