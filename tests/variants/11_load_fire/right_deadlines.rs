// accepted: sleep_until, and chains joined two by two

use std::{sync::Mutex, time::Duration};

use futures::FutureExt;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::time::{Instant, sleep_until};
use workbook::println;

fn dice(idx: usize) -> impl Fn() -> u64 + Send + Sync + 'static {
    let random = Mutex::new(StdRng::seed_from_u64(1672 + 1000 * idx as u64));
    move || random.lock().unwrap().random_range(0..=10)
}

async fn load(name: &str, roll: &impl Fn() -> u64) -> u64 {
    let i = roll();
    println!("loading {name}: (will take {i} seconds)");
    sleep_until(Instant::now() + Duration::from_secs(i)).await;
    println!("{name} loaded..");
    i
}

async fn fire(name: &str, last_i: u64, roll: &impl Fn() -> u64) -> (u64, u64) {
    let i = roll();
    println!("firing {name}: (will take {i} seconds)");
    sleep_until(Instant::now() + Duration::from_secs(i)).await;
    println!("{name} fired!");
    (last_i, i)
}

async fn chain(name: &str, roll: impl Fn() -> u64) {
    let start = Instant::now();
    let i = load(name, &roll).await;
    let partial = fire(name, i, &roll).await;
    println!("--> Timing for {name}: total {:.2} seconds, partial {partial:?}.", start.elapsed().as_secs_f64());
}

async fn main_async<R>(names: &[&'static str], dice: impl Fn(usize) -> R)
where
    R: Fn() -> u64 + Send + Sync + 'static,
{
    let all = names.iter().enumerate().map(|(idx, name)| chain(name, dice(idx)).boxed_local());
    all.fold(async {}.boxed_local(), |before, chain| async { futures::join!(before, chain).0 }.boxed_local()).await;
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
#[path = "../../checks/11_load_fire.rs"]
mod checks;
