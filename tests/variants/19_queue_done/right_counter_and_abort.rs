// accepted: handles that are aborted and not awaited: an idle task has nothing left to do

use std::{
    iter,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use fake::{
    Fake,
    faker::{job::en::Title, name::en::FirstName},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::{
    sync::{Mutex, Notify, mpsc},
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

struct Open {
    jobs: AtomicUsize,
    none: Notify,
}

async fn produce(name: String, mut chance: Chance, queue: Adding, open: Arc<Open>) {
    for _ in 0..chance.number() {
        rand_sleep(&mut chance).await;
        let job = create_job(&mut chance);
        let title = job.0.clone();
        open.jobs.fetch_add(1, Ordering::SeqCst);
        if queue.send(job).await.is_err() {
            return; // Nobody is left who could take a job.
        }
        println!("Producer {name} added <{title}> to queue.");
    }
}

async fn consume(name: String, mut chance: Chance, queue: Taking, open: Arc<Open>) {
    loop {
        let Some((title, made)) = queue.lock().await.recv().await else { return };
        let age = made.elapsed().as_secs_f64();
        println!("    > Consumer {name} got element <{title}> in {age:.5} seconds.");
        rand_sleep(&mut chance).await;
        println!("    > Consumer {name} is done with <{title}>.");
        if open.jobs.fetch_sub(1, Ordering::SeqCst) == 1 {
            open.none.notify_one();
        }
    }
}

async fn main_async(bound: usize, producers: Vec<(String, Chance)>, consumers: Vec<(String, Chance)>) {
    let open = Arc::new(Open { jobs: AtomicUsize::new(0), none: Notify::new() });
    let (adding, taking) = queue(bound);
    let produced = producers.into_iter().map(|(name, chance)| produce(name, chance, adding.clone(), open.clone()));
    let produced: Vec<_> = produced.map(tokio::spawn).collect();
    let consumed = consumers.into_iter().map(|(name, chance)| consume(name, chance, taking.clone(), open.clone()));
    let consumed: Vec<_> = consumed.map(tokio::spawn).collect();
    for handle in produced {
        handle.await.unwrap();
    }
    while open.jobs.load(Ordering::SeqCst) > 0 {
        open.none.notified().await;
    }
    for handle in consumed {
        handle.abort();
    }
}

async fn program() {
    let start = Instant::now();
    let mut random = StdRng::seed_from_u64(444);
    let mut worker = |_| (FirstName().fake_with_rng(&mut random), Chance::seeded(random.random()));
    let producers = (0..5).map(&mut worker).collect();
    let consumers = (0..2).map(&mut worker).collect();
    main_async(3, producers, consumers).await;
    println!("Program completed in {:.5} seconds.", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../../checks/19_queue_done.rs"]
mod checks;
