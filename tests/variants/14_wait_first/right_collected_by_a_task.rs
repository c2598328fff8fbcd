// accepted: a task gathers the others, and its handle is handed back

use std::time::Duration;

use futures::future::{join_all, select_all};
use tokio::{
    task::{JoinError, JoinHandle},
    time::{Instant, sleep},
};
use workbook::println;

type Pending<T> = JoinHandle<Vec<Result<T, JoinError>>>;

async fn work(t: u64) -> u64 {
    sleep(Duration::from_secs(t)).await;
    println!("> task done with [t = {t}]");
    t
}

async fn wait_first<F>(futures: Vec<F>) -> (Result<F::Output, JoinError>, Pending<F::Output>)
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let (done, _, pending) = select_all(futures.into_iter().map(|future| tokio::spawn(future))).await;
    (done, tokio::spawn(async move {
        let mut results = Vec::new();
        for task in pending {
            results.push(task.await);
        }
        results
    }))
}

async fn wait_all<T: Send + 'static>(pending: Pending<T>) -> Vec<Result<T, JoinError>> {
    pending.await.expect("gathering does not panic")
}

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
#[path = "../../checks/14_wait_first.rs"]
mod checks;
