// accepted: who waits is woken by every change, and whoever comes first goes on

use std::{
    collections::VecDeque,
    iter,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use fake::{
    Fake,
    faker::{job::en::Title, name::en::FirstName},
};
use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::{
    sync::Notify,
    task::{JoinError, JoinHandle},
    time::{Instant, sleep},
};
use workbook::println;

type Job = (String, Instant);

struct Inner {
    jobs: Mutex<VecDeque<Job>>,
    bound: usize,
    producers: AtomicUsize,
    changed: Notify,
}

struct Adding(Arc<Inner>);

type Taking = Arc<Inner>;

impl Clone for Adding {
    fn clone(&self) -> Self {
        self.0.producers.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(&self.0))
    }
}

impl Drop for Adding {
    fn drop(&mut self) {
        self.0.producers.fetch_sub(1, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }
}

impl Inner {
    /// Tries until it works, anew after each change.
    async fn when<T>(&self, mut attempt: impl FnMut(&mut VecDeque<Job>) -> Option<T>) -> T {
        loop {
            let changed = self.changed.notified();
            let result = attempt(&mut self.jobs.lock().unwrap());
            if let Some(result) = result {
                self.changed.notify_waiters();
                return result;
            }
            changed.await;
        }
    }

    async fn next(&self) -> Option<Job> {
        self.when(|jobs| match jobs.pop_front() {
            Some(job) => Some(Some(job)),
            None if self.producers.load(Ordering::SeqCst) == 0 => Some(None),
            None => None,
        })
        .await
    }

    async fn add(&self, job: Job) {
        let mut job = Some(job);
        self.when(|jobs| {
            if jobs.len() == self.bound {
                return None;
            }
            jobs.extend(job.take());
            Some(())
        })
        .await;
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
    let (jobs, producers, changed) = (Mutex::default(), AtomicUsize::new(1), Notify::new());
    let inner = Arc::new(Inner { jobs, bound, producers, changed });
    (Adding(Arc::clone(&inner)), inner)
}

async fn produce(name: String, mut chance: Chance, queue: Adding) {
    for _ in 0..chance.number() {
        rand_sleep(&mut chance).await;
        let job = create_job(&mut chance);
        let title = job.0.clone();
        queue.0.add(job).await;
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
