//! Three workers draw numbers until one is high enough, and pause after each that is too low. Each waits for itself: nobody's
//! pause holds up the others, so the whole takes as long as the slowest of the three.

use std::{iter, time::Duration};

use colored::{Color, Colorize};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::time::{Instant, sleep};
use workbook::println;

/// A colour for each worker.
const COLOURS: [Color; 3] = [Color::Cyan, Color::Red, Color::Magenta];

/// The numbers that worker `idx` draws, from 0 to 10. Each worker has a seed of its own, so what it draws does not depend on
/// who draws first.
fn draws(idx: usize) -> impl Iterator<Item = u32> + Send + 'static {
    let mut random = StdRng::seed_from_u64(444 + 1000 * idx as u64);
    iter::repeat_with(move || random.random_range(0..=10))
}

/// Draws until a number is above `threshold`, and returns it. After each that is not, waits for `idx` + 1 seconds. Prints, in
/// the colour of worker `idx`: `Initiated makerandom(0).`, for each number that will not do
/// `makerandom(0) == 3 too low; retrying.`, and in the end `---> Finished: makerandom(0) == 10`.
async fn makerandom(idx: usize, threshold: u32, mut draws: impl Iterator<Item = u32>) -> u32 {
    let say = |text: String| println!("{}", text.color(COLOURS[idx]));
    say(format!("Initiated makerandom({idx})."));
    todo!("draw; say what came; return it if it is high enough, else wait for idx + 1 seconds and draw again")
}

/// Runs the workers 0, 1 and 2 at the same time, each with its own draws, and returns their numbers in this order. Worker `idx`
/// has the threshold 10 - `idx` - 1.
async fn main_async<D>(draws: impl Fn(usize) -> D) -> [u32; 3]
where
    D: Iterator<Item = u32> + Send + 'static,
{
    todo!("start makerandom for 0, 1 and 2 with their thresholds and draws; wait for all three at once")
}

async fn program() {
    let start = Instant::now();
    let [r1, r2, r3] = main_async(draws).await;
    println!("\nr1: {r1}, r2: {r2}, r3: {r3}");
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/08_makerandom.rs"]
mod checks;
