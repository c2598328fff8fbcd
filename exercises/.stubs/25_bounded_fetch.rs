//! A site that is asked for all its pages at once breaks down, and asked for one after another it takes for ever. So
//! there are never more than n requests at once, and never fewer as long as there are pages left.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::{Instant, sleep};
use workbook::println;

/// The pages of the site, and how many seconds each takes.
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

/// Fetches a page, which takes so many seconds: prints `getting /blog`, waits, prints `got /blog`, and returns a text.
async fn fetch(page: &'static str, seconds: u64) -> String {
    println!("getting {page}");
    sleep(Duration::from_secs(seconds)).await;
    println!("got {page}");
    format!("the text of {page}")
}

/// Runs all the fetches, at most `n` of them at the same time, and always `n` as long as there are so many left:
/// whenever one is done, whichever it is, the next one begins. They begin in the order of the list. Returns their
/// results in the order of the list, too, whatever finishes first. `n` is at least 1; there may be fewer fetches than
/// that, or none.
async fn fetch_n<F>(n: usize, fetches: Vec<F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    todo!("run the fetches, n at a time; when one is done, begin the next; return the results in the order of the list")
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
#[path = "../tests/checks/25_bounded_fetch.rs"]
mod checks;
