//! Five producers make jobs at times of their own, two consumers take them. Between them is a queue with room for
//! three: when it is full the producers wait, so jobs never pile up, however slow the consumers are. That is
//! backpressure.

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
    todo!("draw a number, and wait for so many seconds")
}

/// Makes a job: a random `Title`, which `fake` makes with `chance.random`, and the time now.
fn create_job(chance: &mut Chance) -> Job {
    todo!("the title that fake makes, and the time now")
}

/// Makes a queue with room for `bound` jobs, and returns its two ends. Jobs come out in the order they went in.
fn queue(bound: usize) -> (Adding, Taking) {
    todo!("make a channel with room for `bound` jobs, and let the consumers share its receiver")
}

/// Draws one number: so many jobs the producer makes. For each it waits with `rand_sleep`, makes the job, adds it to
/// the queue, for which it may have to wait, and prints, once the job is in the queue:
/// `Producer Ann added <Senior Miller> to queue.`
async fn produce(name: String, mut chance: Chance, queue: Adding) {
    todo!("draw how many jobs; for each: wait, make it, add it, print")
}

/// Over and over: waits with `rand_sleep`, takes the next job, for which it may have to wait, and prints how old the
/// job is, in seconds: `    > Consumer Bob got element <Senior Miller> in 0.12345 seconds.` Returns when it wants a
/// job, the queue is empty, and no producer is left. While a consumer sleeps, the others can take jobs.
async fn consume(name: String, mut chance: Chance, queue: Taking) {
    todo!("in a loop: wait, take a job or return if there will be none, print")
}

/// Makes a queue with room for `bound` jobs, and starts every producer and every consumer with it, each in a task of
/// its own: if one panics, the others go on. Returns the handles of all of them, at once.
fn start_workers(
    bound: usize,
    producers: Vec<(String, Chance)>,
    consumers: Vec<(String, Chance)>,
) -> Vec<JoinHandle<()>> {
    todo!("make the queue; spawn produce and consume for each worker, with a clone of its end; return the handles")
}

/// Waits until all workers have ended.
///
/// # Errors
/// If one of them panicked.
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
#[path = "../tests/checks/18_queue.rs"]
mod checks;
