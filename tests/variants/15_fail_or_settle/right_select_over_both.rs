// accepted: whichever comes first: all the values, or an error on a channel

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
    let (sender, mut errors) = tokio::sync::mpsc::unbounded_channel();
    let all = join_all(futures.into_iter().map(|future| {
        let sender = sender.clone();
        async move {
            match future.await {
                Ok(value) => Some(value),
                Err(error) => {
                    let _ = sender.send(error);
                    None
                }
            }
        }
    }));
    tokio::select! {
        biased;
        values = all => match errors.try_recv() {
            Ok(error) => Err(error),
            Err(_) => Ok(values.into_iter().flatten().collect()),
        },
        Some(error) = errors.recv() => Err(error),
    }
}

async fn settle<F, T, E>(futures: Vec<F>) -> Vec<Result<T, E>>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let mut waiting: Vec<_> = futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    let mut results: Vec<Option<Result<T, E>>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|cx| {
        for (slot, result) in waiting.iter_mut().zip(&mut results) {
            if let Some(future) = slot {
                if let std::task::Poll::Ready(value) = future.as_mut().poll(cx) {
                    *result = Some(value);
                    *slot = None;
                }
            }
        }
        if waiting.iter().any(Option::is_some) { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    results.into_iter().flatten().collect()
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
