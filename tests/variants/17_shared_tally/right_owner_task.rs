// accepted: one task owns the tally, and the others send it their votes

use std::{
    collections::BTreeMap,
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
    let (sender, mut votes) = tokio::sync::mpsc::channel::<Vec<&'static str>>(8);
    let owner = tokio::spawn(async move {
        let mut total = Tally::new();
        while let Some(votes) = votes.recv().await {
            votes.into_iter().for_each(|name| *total.entry(name).or_default() += 1);
        }
        total
    });
    for votes in boxes {
        let sender = sender.clone();
        tokio::spawn(async move {
            sleep(pause).await;
            sender.send(votes).await.unwrap();
        });
    }
    drop(sender);
    owner.await.unwrap()
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
