//! What a queue of workers has to do, whoever of two that are ready at once goes first.

use std::{iter, ops::Range, time::Duration};

use fake::{
    Fake,
    faker::{job::en::Title, name::en::FirstName},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::super::Chance;
use workbook::{
    check::{expect, fail},
    recording::{Recording, duration_text},
};

pub(super) const NO_BOUND: &str = "There were more jobs in the queue than it has room for. A producer that finds the \
                                   queue full has to wait: a channel that is not bounded, or has another bound, lets \
                                   jobs pile up.";
pub(super) const ROOM_LEFT: &str = "A producer waited though there was room in the queue. It waits with rand_sleep \
                                    before each job, and else only while all `bound` places are taken.";
pub(super) const KEPT_OUT: &str = "A consumer waited though there was a job in the queue. What keeps it out is mostly \
                                   a lock that another consumer holds while it sleeps: hold it only to take one job, \
                                   and sleep without it.";
const LOST: &str = "Every job that was added is taken once, by one consumer.";
const FIRST_IN: &str = "Jobs come out of the queue in the order they went in.";
const AGE: &str = "The age of a job counts from its time stamp, which create_job gives it before it is added: the \
                   time that its producer waits for room counts too.";
const DRAWN: &str = "A producer draws first how many jobs it makes, and then a pause before each of them.";
const TOO_FEW: &str = "Not as many jobs were added as were to be made. A producer draws first how many jobs it makes, \
                       and goes on until it has added them all; a consumer goes on until no producer is left.";
const LEAVE: &str = "A consumer returns when it wants a job after its pause, the queue is empty, and no producer is \
                     left; and not before.";

/// A worker whose numbers are known beforehand.
#[derive(Clone)]
pub(super) struct Worker {
    pub(super) name: String,
    numbers: Vec<u64>,
    seed: u64,
    /// Whether it panics when its numbers are used up; otherwise it draws 1 for ever.
    pub(super) panics: bool,
}

impl Worker {
    pub(super) fn new(name: &str, numbers: &[u64]) -> Self {
        Self { name: name.to_string(), numbers: numbers.to_vec(), seed: seed_of(name), panics: false }
    }

    pub(super) fn chance(&self) -> Chance {
        let panics = self.panics;
        let more = iter::repeat_with(move || if panics { panic!("out of luck") } else { 1 });
        let numbers = Box::new(self.numbers.clone().into_iter().chain(more));
        Chance { numbers, random: StdRng::seed_from_u64(self.seed) }
    }

    fn pause(&self, nth: usize) -> u64 {
        Duration::from_secs(self.numbers.get(nth).copied().unwrap_or(1)).as_nanos() as u64
    }

    fn titles(&self, count: usize) -> Vec<String> {
        let mut random = StdRng::seed_from_u64(self.seed);
        (0..count).map(|_| Title().fake_with_rng(&mut random)).collect()
    }
}

fn seed_of(name: &str) -> u64 {
    name.bytes().fold(0, |seed, byte| 31 * seed + u64::from(byte))
}

/// The title of the nth job that the worker of this name makes.
pub(super) fn job_title(name: &str, nth: usize) -> String {
    Worker::new(name, &[]).titles(nth + 1).pop().unwrap_or_default()
}

/// A queue and its workers.
#[derive(Clone)]
pub(super) struct Scene {
    pub(super) bound: usize,
    pub(super) producers: Vec<Worker>,
    pub(super) consumers: Vec<Worker>,
}

impl Scene {
    pub(super) fn new(bound: usize, producers: &[(&str, &[u64])], consumers: &[(&str, &[u64])]) -> Self {
        let workers =
            |named: &[(&str, &[u64])]| named.iter().map(|(name, numbers)| Worker::new(name, numbers)).collect();
        Self { bound, producers: workers(producers), consumers: workers(consumers) }
    }

    /// So many producers that make two jobs each, at times of their own, and seven consumers.
    pub(super) fn of_many(producers: u64, bound: usize) -> Self {
        let producer = |n: u64| Worker::new(&format!("P{n}"), &[2, n % 11, n * 7 % 11]);
        let consumer = |n: u64| Worker::new(&format!("C{n}"), &[n % 4, n % 3, 2, n % 5]);
        Self { bound, producers: (0..producers).map(producer).collect(), consumers: (0..7).map(consumer).collect() }
    }

    /// Those of the program.
    pub(super) fn of_program() -> Self {
        let mut random = StdRng::seed_from_u64(444);
        let mut worker = |_| {
            let name: String = FirstName().fake_with_rng(&mut random);
            let seed = random.random();
            let numbers: Vec<u64> = Chance::seeded(seed).numbers.take(200).collect();
            Worker { seed, ..Worker::new(&name, &numbers) }
        };
        let producers = (0..5).map(&mut worker).collect();
        Self { bound: 3, producers, consumers: (0..2).map(&mut worker).collect() }
    }

    /// Every job of those that were added was taken once, and there were so many.
    pub(super) fn each_job_once(&self, recording: &Recording, jobs: usize, idea: &str) {
        let log = Log::of(recording);
        let sorted = |entries: &[Entry]| {
            let mut titles: Vec<String> = entries.iter().map(|entry| entry.title.clone()).collect();
            titles.sort();
            titles
        };
        let (added, taken) = (sorted(&log.added), sorted(&log.taken));
        if added != taken {
            fail(format!("{LOST}\n\nadded: {}\ntaken: {}", added.len(), taken.len()));
        }
        if added.len() != jobs {
            fail(format!("{idea}\n\njobs:  {jobs}\nadded: {}", added.len()));
        }
    }

    /// The workers did what workers at a queue of this bound do: nobody waits for longer than needed, no job is lost,
    /// there are never too many in the queue, and the end comes when it should.
    pub(super) fn prove(&self, recording: &Recording) {
        let log = Log::of(recording);
        if let Some(at) = log.times(0..u64::MAX).find(|at| log.in_queue(*at) > self.bound as isize) {
            let (at_once, at) = (log.in_queue(at), duration_text(Duration::from_nanos(at)));
            fail(format!("{NO_BOUND}\n\nroom for: {}\nat {at}: {at_once}", self.bound));
        }
        let jobs = self.producers.iter().map(|worker| worker.numbers[0] as usize).sum();
        self.each_job_once(recording, jobs, TOO_FEW);
        let mut made: Vec<(Entry, u64)> = Vec::new();
        for worker in &self.producers {
            made.extend(self.jobs_of(worker, &log));
        }
        made.sort_by_key(|(added, _)| added.at);
        check_order_and_age(&log, made);
        let leaves = self.consumers.iter().map(|worker| leaves_at(worker, &log)).max().unwrap_or_default();
        let (took, expected) = (recording.elapsed(), Duration::from_nanos(leaves));
        if took != expected {
            fail(format!("{LEAVE}\n\nexpected: {}\nyours:    {}", duration_text(expected), duration_text(took)));
        }
    }

    /// The jobs of one producer as they were added, each with the time it was made.
    fn jobs_of(&self, worker: &Worker, log: &Log) -> Vec<(Entry, u64)> {
        let added: Vec<&Entry> = log.added.iter().filter(|entry| entry.name == worker.name).collect();
        let titles: Vec<&String> = added.iter().map(|entry| &entry.title).collect();
        let expected = worker.titles(worker.numbers[0] as usize);
        expect(
            titles == expected.iter().collect::<Vec<_>>(),
            "Each job of a producer is one that create_job made with its chance, and there are as many as it drew.",
        );
        let mut free = 0;
        let mut jobs = Vec::new();
        for (nth, entry) in added.into_iter().enumerate() {
            let made = free + worker.pause(nth + 1);
            expect(entry.at >= made, DRAWN);
            let full = log.all_the_while(made..entry.at, |jobs| jobs == self.bound as isize);
            expect(full, ROOM_LEFT);
            jobs.push((entry.clone(), made));
            free = entry.at;
        }
        jobs
    }
}

/// Each job that was taken is the oldest in the queue, and its age is what was printed. `made` holds the jobs in the
/// order they were added.
fn check_order_and_age(log: &Log, mut made: Vec<(Entry, u64)>) {
    let mut taken: Vec<(u64, u64)> = Vec::new();
    for entry in &log.taken {
        let Some(nth) = made.iter().position(|(added, _)| added.title == entry.title) else { fail(LOST) };
        let (added, made) = made.remove(nth);
        taken.push((entry.at, added.at));
        let age = format!("{:.5}", Duration::from_nanos(entry.at.saturating_sub(made)).as_secs_f64());
        expect(
            entry.age == age || entry.age.parse::<f64>() != age.parse::<f64>(),
            "The age of a job is printed with five decimals: {age:.5}.",
        );
        if entry.age != age {
            fail(format!("{AGE}\n\nexpected: {age}\nyours:    {}", entry.age));
        }
    }
    // Those taken at the same moment may have been printed in any order.
    taken.sort_unstable();
    expect(taken.is_sorted_by_key(|(_, added)| *added), FIRST_IN);
}

/// When this consumer finds that there will be no more jobs.
fn leaves_at(worker: &Worker, log: &Log) -> u64 {
    let taken: Vec<&Entry> = log.taken.iter().filter(|entry| entry.name == worker.name).collect();
    let mut free = 0;
    for (nth, entry) in taken.iter().enumerate() {
        let ready = free + worker.pause(nth);
        expect(entry.at >= ready, "Before each job a consumer waits with rand_sleep; then it takes the next job.");
        expect(log.all_the_while(ready..entry.at, |jobs| jobs == 0), KEPT_OUT);
        free = entry.at;
    }
    let ready = free + worker.pause(taken.len());
    let closed = log.added.iter().map(|entry| entry.at).max().unwrap_or_default();
    expect(log.all_the_while(ready..closed, |jobs| jobs == 0), KEPT_OUT);
    ready.max(closed)
}

/// A job that was added or taken.
#[derive(Clone)]
struct Entry {
    at: u64,
    name: String,
    title: String,
    age: String,
}

/// What was printed.
struct Log {
    added: Vec<Entry>,
    taken: Vec<Entry>,
}

impl Log {
    fn of(recording: &Recording) -> Self {
        let mut log = Self { added: Vec::new(), taken: Vec::new() };
        for line in recording.lines() {
            let at = line.at.nanos;
            if let Some((name, title, age)) = taken(&line.text) {
                log.taken.push(Entry { at, name, title, age });
            } else if let Some((name, title)) = added(&line.text) {
                log.added.push(Entry { at, name, title, age: String::new() });
            } else if !line.text.starts_with("Program completed") {
                fail(format!(
                    "The lines of producers and consumers are those of the description.\n\nyours: {}",
                    line.text
                ));
            }
        }
        log
    }

    /// How many jobs are in the queue when everything that happens at this time has happened.
    fn in_queue(&self, at: u64) -> isize {
        let until = |entries: &[Entry]| entries.iter().filter(|entry| entry.at <= at).count() as isize;
        until(&self.added) - until(&self.taken)
    }

    /// The times in this range at which the queue changed.
    fn times(&self, range: Range<u64>) -> impl Iterator<Item = u64> {
        self.added.iter().chain(&self.taken).map(|entry| entry.at).filter(move |at| range.contains(at))
    }

    /// Whether this holds of the number of jobs in the queue from the start of the range up to its end.
    fn all_the_while(&self, range: Range<u64>, holds: impl Fn(isize) -> bool) -> bool {
        range.is_empty() || iter::once(range.start).chain(self.times(range)).all(|at| holds(self.in_queue(at)))
    }
}

fn added(line: &str) -> Option<(String, String)> {
    let (name, rest) = line.strip_prefix("Producer ")?.split_once(" added <")?;
    Some((name.to_string(), rest.strip_suffix("> to queue.")?.to_string()))
}

fn taken(line: &str) -> Option<(String, String, String)> {
    let (name, rest) = line.strip_prefix("    > Consumer ")?.split_once(" got element <")?;
    let (title, rest) = rest.split_once("> in ")?;
    Some((name.to_string(), title.to_string(), rest.strip_suffix(" seconds.")?.to_string()))
}
