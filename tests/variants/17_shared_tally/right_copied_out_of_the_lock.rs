// accepted: handles awaited one after another, and the tally taken out of the lock

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use colored::Colorize;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::time::{Instant, sleep};
use workbook::println;

const CANDIDATES: [&str; 3] = ["Ada", "Edsger", "Grace"];

type Tally = BTreeMap<&'static str, usize>;

fn ballot_box(nth: u64) -> Vec<&'static str> {
    let mut random = StdRng::seed_from_u64(1672 + 1000 * nth);
    (0..30).map(|_| CANDIDATES[random.random_range(0..CANDIDATES.len())]).collect()
}

async fn tally(boxes: Vec<Vec<&'static str>>, pause: Duration) -> Tally {
    let total = Arc::new(Mutex::new(Tally::new()));
    let mut tasks = Vec::new();
    for votes in boxes {
        let total = Arc::clone(&total);
        tasks.push(tokio::spawn(async move {
            sleep(pause).await;
            // Locked from here to the end of the block: no await comes between.
            let mut total = total.lock().unwrap();
            for name in votes {
                *total.entry(name).or_default() += 1;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    std::mem::take(&mut *total.lock().unwrap())
}

async fn program() {
    let start = Instant::now();
    let boxes: Vec<Vec<&str>> = (0..100).map(ballot_box).collect();
    for (name, votes) in tally(boxes, Duration::from_secs(1)).await {
        println!("{:<6} {votes}", name.cyan());
    }
    println!("counted in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/17_shared_tally.rs"]
mod checks;
