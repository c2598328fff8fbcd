//! The queue again, and one question: when is it over? Each consumer loops for ever and works for a while on every job
//! it takes. Nobody is to be stopped with a job in hand, and nobody is to wait for one that never comes.

use std::{iter, sync::Arc, time::Duration};

use fake::{
    Fake,
    faker::{job::en::Title, name::en::FirstName},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::{
    sync::{Mutex, mpsc},
    task::JoinSet,
    time::{Instant, sleep},
};
use workbook::println;

/// A job: its title, and when it was made.
type Job = (String, Instant);

/// The end of the queue where jobs are added; each producer has a clone. When the last clone is dropped, the queue is
/// closed.
type Adding = mpsc::Sender<Job>;

/// The end where jobs are taken; each consumer has a clone. A channel of tokio's has only one receiver, so they share
/// it: who has the lock gets the next job.
type Taking = Arc<Mutex<mpsc::Receiver<Job>>>;

/// What chance decides for one worker. Each worker has its own, so nothing depends on who draws first.
struct Chance {
    /// Whole numbers from 0 to 10.
    numbers: Box<dyn Iterator<Item = u64> + Send>,
    /// What `fake` makes the titles of jobs with.
    random: StdRng,
}

impl Chance {
    fn seeded(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let numbers = iter::repeat_with(move || random.random_range(0..=10));
        Self { numbers: Box::new(numbers), random: StdRng::seed_from_u64(seed) }
    }

    /// The next number, from 0 to 10.
    fn number(&mut self) -> u64 {
        self.numbers.next().expect("there is always another number")
    }
}

/// Draws one number, and waits for so many seconds.
async fn rand_sleep(chance: &mut Chance) {
    sleep(Duration::from_secs(chance.number())).await;
}

/// Makes a job: a random `Title`, which `fake` makes with `chance.random`, and the time now.
fn create_job(chance: &mut Chance) -> Job {
    (Title().fake_with_rng(&mut chance.random), Instant::now())
}

/// Makes a queue with room for `bound` jobs, and returns its two ends. Jobs come out in the order they went in.
fn queue(bound: usize) -> (Adding, Taking) {
    let (sender, receiver) = mpsc::channel(bound);
    (sender, Arc::new(Mutex::new(receiver)))
}

/// Draws one number: so many jobs the producer makes. For each it waits with `rand_sleep`, makes the job, adds it to
/// the queue, for which it may have to wait, and says so.
async fn produce(name: String, mut chance: Chance, queue: Adding) {
    for _ in 0..chance.number() {
        rand_sleep(&mut chance).await;
        let job = create_job(&mut chance);
        let title = job.0.clone();
        if queue.send(job).await.is_err() {
            return; // Nobody is left who could take a job.
        }
        println!("Producer {name} added <{title}> to queue.");
    }
}

/// Over and over: takes the next job, for which it may have to wait, says how old it is, works on it with `rand_sleep`,
/// and says that it is done. Returns when it wants a job, the queue is empty, and no producer is left.
async fn consume(name: String, mut chance: Chance, queue: Taking) {
    loop {
        let Some((title, made)) = queue.lock().await.recv().await else { return };
        let age = made.elapsed().as_secs_f64();
        println!("    > Consumer {name} got element <{title}> in {age:.5} seconds.");
        rand_sleep(&mut chance).await;
        println!("    > Consumer {name} is done with <{title}>.");
    }
}

/// Makes a queue with room for `bound` jobs, and runs `produce` for every producer and `consume` for every consumer,
/// all at the same time. Returns at the moment when the last job is done: every job has been done then, and nothing
/// that was started here is alive any more.
///
/// Three questions lead there. Is the `loop` in `consume` going to cause problems? Why is it not enough to wait for the
/// producers? And how do we know that all is done?
async fn main_async(bound: usize, producers: Vec<(String, Chance)>, consumers: Vec<(String, Chance)>) {
    todo!("make the queue; start all workers with it; wait until every job is done, and leave nothing alive")
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
#[path = "../tests/checks/19_queue_done.rs"]
mod checks;
