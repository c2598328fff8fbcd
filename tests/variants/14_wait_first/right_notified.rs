// accepted: a Notify tells of the first, is_finished which it was

use std::time::Duration;

use futures::future::{join_all, select_all};
use tokio::{
    task::{JoinError, JoinHandle},
    time::{Instant, sleep},
};
use workbook::println;

type Pending<T> = Vec<JoinHandle<T>>;

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
    struct Done(std::sync::Arc<tokio::sync::Notify>);
    impl Drop for Done {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    assert!(!futures.is_empty());
    let bell = std::sync::Arc::new(tokio::sync::Notify::new());
    let mut handles = Vec::new();
    for future in futures {
        let done = Done(bell.clone());
        handles.push(tokio::spawn(async move {
            let _done = done;
            future.await
        }));
    }
    loop {
        bell.notified().await;
        tokio::task::yield_now().await;
        if let Some(first) = handles.iter().position(|task| task.is_finished()) {
            let done = handles.swap_remove(first).await;
            return (done, handles);
        }
    }
}

async fn wait_all<T: Send + 'static>(pending: Pending<T>) -> Vec<Result<T, JoinError>> {
    join_all(pending).await
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
