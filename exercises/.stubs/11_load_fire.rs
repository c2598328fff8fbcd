//! Three guns load, then fire, each for a time that a dice decides. A gun fires as soon as it is loaded itself, with nobody
//! waiting for anybody else: a sequence inside each chain, overlap between the chains.

use std::{sync::Mutex, time::Duration};

use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::time::{Instant, sleep};
use workbook::println;

/// The dice of chain `idx`: each roll is a number of seconds, from 0 to 10. Each chain has a seed of its own, so what it rolls
/// does not depend on who rolls first.
fn dice(idx: usize) -> impl Fn() -> u64 + Send + Sync + 'static {
    let random = Mutex::new(StdRng::seed_from_u64(1672 + 1000 * idx as u64));
    move || random.lock().unwrap().random_range(0..=10)
}

/// Rolls once for the seconds it will take, prints `loading cannon: (will take 5 seconds)`, waits for so long, prints
/// `cannon loaded..`, and returns the seconds.
async fn load(name: &str, roll: &impl Fn() -> u64) -> u64 {
    let i = roll();
    println!("loading {name}: (will take {i} seconds)");
    todo!("wait for i seconds; say that it is loaded; return i")
}

/// Rolls once for the seconds it will take, prints `firing cannon: (will take 2 seconds)`, waits for so long, prints
/// `cannon fired!`, and returns `last_i`, which is what the load returned, and its own seconds.
async fn fire(name: &str, last_i: u64, roll: &impl Fn() -> u64) -> (u64, u64) {
    let i = roll();
    println!("firing {name}: (will take {i} seconds)");
    todo!("wait for i seconds; say that it has fired; return last_i and i")
}

/// Loads, then fires with what the load returned. In the end prints how long both took together, on a clock of its own, and
/// what fire returned: `--> Timing for cannon: total 7.00 seconds, partial (5, 2).`
async fn chain(name: &str, roll: impl Fn() -> u64) {
    let start = Instant::now();
    let partial: (u64, u64) = todo!("load, wait until that is done, and fire with what it returned");
    println!("--> Timing for {name}: total {:.2} seconds, partial {partial:?}.", start.elapsed().as_secs_f64());
}

/// Runs one chain for each name, all at the same time, and waits for all of them. The chain of the name at place `idx` rolls
/// `dice(idx)`.
async fn main_async<R>(names: &[&'static str], dice: impl Fn(usize) -> R)
where
    R: Fn() -> u64 + Send + Sync + 'static,
{
    todo!("start one chain for each name, each with dice(idx); wait for all of them at once")
}

async fn program() {
    let start = Instant::now();
    main_async(&["cannon", "laser", "railgun"], dice).await;
    println!("Program finished in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/11_load_fire.rs"]
mod checks;
