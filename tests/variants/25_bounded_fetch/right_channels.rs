// accepted: workers in tasks of their own, a channel in and a channel out

use std::{sync::Arc, time::Duration};

use tokio::sync::{Mutex, mpsc};
use tokio::time::{Instant, sleep};
use workbook::println;

const PAGES: [(&str, u64); 8] = [
    ("/index", 6),
    ("/about", 1),
    ("/blog", 2),
    ("/contact", 1),
    ("/news", 3),
    ("/shop", 2),
    ("/team", 1),
    ("/help", 2),
];

async fn fetch(page: &'static str, seconds: u64) -> String {
    println!("getting {page}");
    sleep(Duration::from_secs(seconds)).await;
    println!("got {page}");
    format!("the text of {page}")
}

async fn fetch_n<F>(n: usize, fetches: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let count = fetches.len();
    let (give, queue) = mpsc::channel(1);
    let (done, mut results) = mpsc::unbounded_channel();
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..n {
        let (queue, done) = (Arc::clone(&queue), done.clone());
        tokio::spawn(async move {
            loop {
                let Some((nth, fetch)) = take(&queue).await else { return };
                let _ = done.send((nth, fetch.await));
            }
        });
    }
    drop(done);
    for numbered in fetches.into_iter().enumerate() {
        let _ = give.send(numbered).await;
    }
    drop(give);
    let mut slots: Vec<Option<F::Output>> = (0..count).map(|_| None).collect();
    while let Some((nth, result)) = results.recv().await {
        slots[nth] = Some(result);
    }
    slots.into_iter().flatten().collect()
}

async fn take<T>(queue: &Mutex<mpsc::Receiver<T>>) -> Option<T> {
    queue.lock().await.recv().await
}

async fn program() {
    let start = Instant::now();
    let texts = fetch_n(3, PAGES.map(|(page, seconds)| fetch(page, seconds)).into()).await;
    println!("{} texts, the first is {:?}", texts.len(), texts[0]);
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/25_bounded_fetch.rs"]
mod checks;
