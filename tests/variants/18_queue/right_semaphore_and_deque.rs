// accepted: a queue made by hand: permits for the room, and for the jobs

use std::{
    collections::VecDeque,
    iter,
    sync::{Arc, Mutex},
    time::Duration,
};

use fake::{
    Fake,
    faker::{job::en::Title, name::en::FirstName},
};
use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::{
    sync::Semaphore,
    task::{JoinError, JoinHandle},
    time::{Instant, sleep},
};
use workbook::println;

type Job = (String, Instant);

struct Inner {
    jobs: Mutex<VecDeque<Job>>,
    room: Semaphore,
    filled: Semaphore,
}

#[derive(Clone)]
struct Adding(Arc<Open>);

struct Open(Arc<Inner>);

type Taking = Arc<Inner>;

impl Drop for Open {
    fn drop(&mut self) {
        self.0.filled.close();
    }
}

impl Adding {
    async fn add(&self, job: Job) {
        let inner = &self.0.0;
        inner.room.acquire().await.unwrap().forget();
        inner.jobs.lock().unwrap().push_back(job);
        inner.filled.add_permits(1);
    }
}

impl Inner {
    async fn next(&self) -> Option<Job> {
        // Closed: nothing is added any more, and what is left needs no permit.
        if let Ok(permit) = self.filled.acquire().await {
            permit.forget();
        }
        let job = self.jobs.lock().unwrap().pop_front()?;
        self.room.add_permits(1);
        Some(job)
    }
}

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
    let inner = Arc::new(Inner { jobs: Mutex::default(), room: Semaphore::new(bound), filled: Semaphore::new(0) });
    (Adding(Arc::new(Open(inner.clone()))), inner)
}

async fn produce(name: String, mut chance: Chance, queue: Adding) {
    for _ in 0..chance.number() {
        rand_sleep(&mut chance).await;
        let job = create_job(&mut chance);
        let title = job.0.clone();
        queue.add(job).await;
        println!("Producer {name} added <{title}> to queue.");
    }
}

async fn consume(name: String, mut chance: Chance, queue: Taking) {
    loop {
        rand_sleep(&mut chance).await;
        let Some((title, made)) = queue.next().await else { return };
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
