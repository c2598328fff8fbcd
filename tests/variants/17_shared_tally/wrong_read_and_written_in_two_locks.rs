// rejected with: Votes were lost

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use colored::Colorize;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use workbook::println;

const CANDIDATES: [&str; 3] = ["Ada", "Edsger", "Grace"];

type Tally = BTreeMap<&'static str, usize>;

fn ballot_box(nth: u64) -> Vec<&'static str> {
    let mut random = StdRng::seed_from_u64(1672 + 1000 * nth);
    (0..30).map(|_| CANDIDATES[random.random_range(0..CANDIDATES.len())]).collect()
}

async fn tally(boxes: Vec<Vec<&'static str>>, pause: Duration) -> Tally {
    let total = Arc::new(Mutex::new(Tally::new()));
    let mut tasks = JoinSet::new();
    for votes in boxes {
        let total = Arc::clone(&total);
        tasks.spawn(async move {
            sleep(pause).await;
            for name in votes {
                let before = total.lock().unwrap().get(name).copied().unwrap_or(0);
                tokio::task::yield_now().await;
                total.lock().unwrap().insert(name, before + 1);
            }
        });
    }
    tasks.join_all().await;
    let total = Arc::into_inner(total).expect("the tasks are done, and their handles are gone");
    total.into_inner().unwrap()
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
