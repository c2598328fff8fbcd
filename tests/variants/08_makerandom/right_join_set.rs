// accepted: a set of tasks that say which they are

use std::{iter, time::Duration};

use colored::{Color, Colorize};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::time::{Instant, sleep};
use workbook::println;
const COLOURS: [Color; 3] = [Color::Cyan, Color::Red, Color::Magenta];
fn draws(idx: usize) -> impl Iterator<Item = u32> + Send + 'static {
    let mut random = StdRng::seed_from_u64(444 + 1000 * idx as u64);
    iter::repeat_with(move || random.random_range(0..=10))
}
async fn makerandom(idx: usize, threshold: u32, mut draws: impl Iterator<Item = u32>) -> u32 {
    let say = |text: String| println!("{}", text.color(COLOURS[idx]));
    say(format!("Initiated makerandom({idx})."));
    loop {
        let i = draws.next().expect("there is always another number");
        if i > threshold {
            say(format!("---> Finished: makerandom({idx}) == {i}"));
            return i;
        }
        say(format!("makerandom({idx}) == {i} too low; retrying."));
        sleep(Duration::from_secs(idx as u64 + 1)).await;
    }
}
async fn main_async<D>(draws: impl Fn(usize) -> D) -> [u32; 3]
where
    D: Iterator<Item = u32> + Send + 'static,
{
    let mut set = tokio::task::JoinSet::new();
    for idx in 0..3 {
        let worker = makerandom(idx, 10 - idx as u32 - 1, draws(idx));
        set.spawn(async move { (idx, worker.await) });
    }
    let mut numbers = [0; 3];
    while let Some(result) = set.join_next().await {
        let (idx, number) = result.unwrap();
        numbers[idx] = number;
    }
    numbers
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
#[path = "../../checks/08_makerandom.rs"]
mod checks;
