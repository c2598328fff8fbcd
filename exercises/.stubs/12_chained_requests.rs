//! Each page may name the next one, so what comes back decides what is asked next: within a chain nothing can overlap. Chains
//! that begin at different pages know nothing of each other, and need not wait for each other.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

/// Where the chains of the program begin.
const STARTS: [&str; 3] = ["http://example.com", "http://example.org", "http://example.net"];

/// The pages of the program: the URL, how many tenths of a second it takes to come, and what it says.
const PAGES: [(&str, u64, &str); 6] = [
    ("http://example.com", 10, "Where the river rises. next: http://example.com/mill"),
    ("http://example.com/mill", 5, "An old mill. next: http://example.com/sea"),
    ("http://example.com/sea", 15, "The sea, and nothing behind it."),
    ("http://example.org", 20, "The foot of the hill. next: http://example.org/top"),
    ("http://example.org/top", 5, "The top of the hill."),
    ("http://example.net", 15, "A page of its own."),
];

/// Stands for the net, as long as there is none. A clone has the same pages.
#[derive(Clone)]
struct Net {
    pages: Arc<HashMap<&'static str, (Duration, &'static str)>>,
}

impl Net {
    /// A net with these pages. Links lead forward only: none ever leads back to where its chain has been.
    fn new(pages: &[(&'static str, u64, &'static str)]) -> Self {
        let pages = pages.iter().map(|(url, tenths, body)| (*url, (Duration::from_millis(100 * tenths), *body)));
        Self { pages: Arc::new(pages.collect()) }
    }

    /// Asks for a page, waits until it has come, and returns its body.
    async fn get(&self, url: &str) -> String {
        println!("get {url}");
        let (time, body) = self.pages.get(url).expect("every link leads to a page");
        sleep(*time).await;
        println!("got {url}");
        body.to_string()
    }
}

/// The URL that a body names, if it names one.
fn parse_next(body: &str) -> Option<&str> {
    body.split_once("next: ").map(|(_, url)| url)
}

/// Gets the page `start`, then the one that its body names, and so on, up to a page that names none. Returns the bodies in
/// this order.
async fn fetch_chain(net: &Net, start: &str) -> Vec<String> {
    todo!("get the page; keep its body; if that names a next page, go on with it, else return what you have")
}

/// Follows the chains that begin at `starts`, all at the same time. Returns the bodies of each chain, in the order of the
/// starts. Chains may meet: each gets its pages for itself.
async fn chain_all(net: &Net, starts: &[&str]) -> Vec<Vec<String>> {
    todo!("follow the chain of each start; wait for all the chains at once")
}

async fn program() {
    let start = Instant::now();
    let chains = chain_all(&Net::new(&PAGES), &STARTS).await;
    for (start, bodies) in STARTS.iter().zip(chains) {
        println!("{start}:");
        for body in bodies {
            println!("  {body}");
        }
    }
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/12_chained_requests.rs"]
mod checks;
