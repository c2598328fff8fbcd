// accepted: tasks in a set, each with its place

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::time::{Instant, sleep};
use workbook::println;

const STARTS: [&str; 3] = ["http://example.com", "http://example.org", "http://example.net"];

const PAGES: [(&str, u64, &str); 6] = [
    ("http://example.com", 10, "Where the river rises. next: http://example.com/mill"),
    ("http://example.com/mill", 5, "An old mill. next: http://example.com/sea"),
    ("http://example.com/sea", 15, "The sea, and nothing behind it."),
    ("http://example.org", 20, "The foot of the hill. next: http://example.org/top"),
    ("http://example.org/top", 5, "The top of the hill."),
    ("http://example.net", 15, "A page of its own."),
];

#[derive(Clone)]
struct Net {
    pages: Arc<HashMap<&'static str, (Duration, &'static str)>>,
}

impl Net {
    fn new(pages: &[(&'static str, u64, &'static str)]) -> Self {
        let pages = pages.iter().map(|(url, tenths, body)| (*url, (Duration::from_millis(100 * tenths), *body)));
        Self { pages: Arc::new(pages.collect()) }
    }

    async fn get(&self, url: &str) -> String {
        println!("get {url}");
        let (time, body) = self.pages.get(url).expect("every link leads to a page");
        sleep(*time).await;
        println!("got {url}");
        body.to_string()
    }
}

fn parse_next(body: &str) -> Option<&str> {
    body.split_once("next: ").map(|(_, url)| url)
}

async fn fetch_chain(net: &Net, start: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut next = Some(start.to_string());
    while let Some(url) = next {
        let body = net.get(&url).await;
        next = parse_next(&body).map(str::to_string);
        bodies.push(body);
    }
    bodies
}

async fn chain_all(net: &Net, starts: &[&str]) -> Vec<Vec<String>> {
    let mut tasks = tokio::task::JoinSet::new();
    for (nth, start) in starts.iter().enumerate() {
        let (net, start) = (net.clone(), start.to_string());
        tasks.spawn(async move { (nth, fetch_chain(&net, &start).await) });
    }
    let mut chains = vec![Vec::new(); starts.len()];
    while let Some(done) = tasks.join_next().await {
        let (nth, bodies) = done.unwrap();
        chains[nth] = bodies;
    }
    chains
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
#[path = "../../checks/12_chained_requests.rs"]
mod checks;
