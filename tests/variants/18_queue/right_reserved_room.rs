// accepted: waits for room first, and then sends a job that was made before

use std::{iter, sync::Arc, time::Duration};

use fake::{
    Fake,
    faker::{job::en::Title, name::en::FirstName},
};
use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::{
    sync::{Mutex, mpsc},
    task::{JoinError, JoinHandle},
    time::{Instant, sleep},
};
use workbook::println;

type Job = (String, Instant);

type Adding = mpsc::Sender<Job>;

type Taking = Arc<Mutex<mpsc::Receiver<Job>>>;

struct Chance {
    numbers: Box<dyn Iterator<Item = u64> + Send>,
    random: StdRng,
}

impl Chance {
    fn seeded(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let numbers = iter::repeat_with(move || random.random_range(0..=10));
        Self { numbers: Box::new(numbers), random: StdRng::seed_from_u64(seed) }
    }

    fn number(&mut self) -> u64 {
        self.numbers.next().expect("there is always another number")
    }
}

async fn rand_sleep(chance: &mut Chance) {
    sleep(Duration::from_secs(chance.number())).await;
}

fn create_job(chance: &mut Chance) -> Job {
    (Title().fake_with_rng(&mut chance.random), Instant::now())
}

fn queue(bound: usize) -> (Adding, Taking) {
    let (sender, receiver) = mpsc::channel(bound);
    (sender, Arc::new(Mutex::new(receiver)))
}

async fn produce(name: String, mut chance: Chance, queue: Adding) {
    for _ in 0..chance.number() {
        rand_sleep(&mut chance).await;
        let job = create_job(&mut chance);
        let title = job.0.clone();
        let Ok(room) = queue.reserve().await else { return };
        room.send(job);
        println!("Producer {name} added <{title}> to queue.");
    }
}

async fn consume(name: String, mut chance: Chance, queue: Taking) {
    loop {
        rand_sleep(&mut chance).await;
        // The lock is given back at the end of this statement, before anything else is awaited.
        let Some((title, made)) = queue.lock().await.recv().await else { return };
        let age = made.elapsed().as_secs_f64();
        println!("    > Consumer {name} got element <{title}> in {age:.5} seconds.");
    }
}

fn start_workers(
    bound: usize,
    producers: Vec<(String, Chance)>,
    consumers: Vec<(String, Chance)>,
) -> Vec<JoinHandle<()>> {
    let (adding, taking) = queue(bound);
    let producers = producers.into_iter().map(|(name, chance)| tokio::spawn(produce(name, chance, adding.clone())));
    let consumers = consumers.into_iter().map(|(name, chance)| tokio::spawn(consume(name, chance, taking.clone())));
    producers.chain(consumers).collect()
}

async fn join_workers(workers: Vec<JoinHandle<()>>) -> Result<(), JoinError> {
    join_all(workers).await.into_iter().collect()
}

async fn program() {
    let start = Instant::now();
    let mut random = StdRng::seed_from_u64(444);
    let mut worker = |_| (FirstName().fake_with_rng(&mut random), Chance::seeded(random.random()));
    let producers = (0..5).map(&mut worker).collect();
    let consumers = (0..2).map(&mut worker).collect();
    join_workers(start_workers(3, producers, consumers)).await.expect("no worker panics");
    println!("Program completed in {:.5} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/18_queue.rs"]
mod checks;
