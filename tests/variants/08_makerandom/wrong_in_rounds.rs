// rejected with: nobody waits for anybody else

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
    begin(idx);
    loop {
        match round(idx, threshold, &mut draws) {
            Some(i) => return i,
            None => sleep(Duration::from_secs(idx as u64 + 1)).await,
        }
    }
}

fn begin(idx: usize) {
    println!("{}", format!("Initiated makerandom({idx}).").color(COLOURS[idx]));
}

fn round(idx: usize, threshold: u32, draws: &mut impl Iterator<Item = u32>) -> Option<u32> {
    let say = |text: String| println!("{}", text.color(COLOURS[idx]));
    let i = draws.next().unwrap();
    if i > threshold {
        say(format!("---> Finished: makerandom({idx}) == {i}"));
        return Some(i);
    }
    say(format!("makerandom({idx}) == {i} too low; retrying."));
    None
}

async fn main_async<D>(draws: impl Fn(usize) -> D) -> [u32; 3]
where
    D: Iterator<Item = u32> + Send + 'static,
{
    let mut sources = [draws(0), draws(1), draws(2)];
    let mut numbers = [None; 3];
    (0..3).for_each(begin);
    loop {
        for idx in 0..3 {
            if numbers[idx].is_none() {
                numbers[idx] = round(idx, 10 - idx as u32 - 1, &mut sources[idx]);
            }
        }
        if let [Some(r1), Some(r2), Some(r3)] = numbers {
            return [r1, r2, r3];
        }
        let pauses = (0..3).filter(|idx| numbers[*idx].is_none()).map(|idx| sleep(Duration::from_secs(idx as u64 + 1)));
        futures::future::join_all(pauses).await;
    }
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
