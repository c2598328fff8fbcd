// accepted: an atomic counter for each of the three candidates, and no lock

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
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
    let counters = Arc::new(CANDIDATES.map(|_| AtomicUsize::new(0)));
    let mut tasks = JoinSet::new();
    for votes in boxes {
        let counters = Arc::clone(&counters);
        tasks.spawn(async move {
            sleep(pause).await;
            for name in votes {
                let nth = CANDIDATES.iter().position(|candidate| *candidate == name).unwrap();
                counters[nth].fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    tasks.join_all().await;
    let votes = CANDIDATES.into_iter().zip(counters.iter().map(|votes| votes.load(Ordering::Relaxed)));
    votes.filter(|(_, votes)| *votes > 0).collect()
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
