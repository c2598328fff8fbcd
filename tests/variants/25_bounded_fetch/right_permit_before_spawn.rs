// accepted: whoever spawns waits for the permit

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::sync::Semaphore;
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
    let permits = Arc::new(Semaphore::new(n));
    let mut tasks = Vec::new();
    for fetch in fetches {
        let permit = Arc::clone(&permits).acquire_owned().await.unwrap();
        tasks.push(tokio::spawn(async move {
            let result = fetch.await;
            drop(permit);
            result
        }));
    }
    join_all(tasks).await.into_iter().map(Result::unwrap).collect()
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
