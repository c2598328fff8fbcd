//! A hundred ballot boxes are fetched at the same time, and all votes are added to one tally. Many tasks share it, so each has
//! a handle of its own, and locks the tally only while it adds.

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

/// Whom one can vote for.
const CANDIDATES: [&str; 3] = ["Ada", "Edsger", "Grace"];

/// The number of votes for each candidate.
type Tally = BTreeMap<&'static str, usize>;

/// A box with thirty votes. Each has a seed of its own, so what is in it does not depend on who looks first.
fn ballot_box(nth: u64) -> Vec<&'static str> {
    let mut random = StdRng::seed_from_u64(1672 + 1000 * nth);
    (0..30).map(|_| CANDIDATES[random.random_range(0..CANDIDATES.len())]).collect()
}

/// Counts the votes of all the boxes. Each box has to be fetched first, which takes `pause`; all are fetched at the same time,
/// and the votes of each are added to one shared tally when it is there. Returns the tally when every box is counted.
async fn tally(boxes: Vec<Vec<&'static str>>, pause: Duration) -> Tally {
    todo!(
        "make a tally that tasks can share; a task for each box sleeps, locks the tally and adds; await all the tasks"
    )
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
#[path = "../tests/checks/17_shared_tally.rs"]
mod checks;
