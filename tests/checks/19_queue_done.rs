//! Checks of 19_queue_done, for the exercise and its solution alike.

use std::{iter, time::Duration};

use rand::{SeedableRng, rngs::StdRng};

use super::{Chance, main_async, program};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::{Recording, duration_text},
};

const DROPPED: &str = "Not every job was done. When the last producer is done, its jobs still lie in the queue or are \
                       being worked on: who returns then, or stops the consumers then, drops them.";
const TOO_LATE: &str = "main_async returned later than it should. There is no need to guess how long the rest may \
                        take: a consumer leaves by itself when the queue is empty and every Adding has been dropped.";
const ALIVE: &str = "Something was still alive when main_async returned. Wait for the consumers too, to their end.";
const IN_TURN: &str = "The workers did not all run at the same time: consumers take jobs while producers make them, \
                       each at its own pace.";

/// A worker by its name and the numbers it draws.
type Worker = (String, Vec<u64>);

/// Producers and consumers at a queue with room for so many jobs.
struct Scene {
    bound: usize,
    producers: Vec<Worker>,
    consumers: Vec<Worker>,
}

impl Scene {
    fn new(bound: usize, producers: &[(&str, &[u64])], consumers: &[(&str, &[u64])]) -> Self {
        let workers = |named: &[(&str, &[u64])]| {
            named.iter().map(|(name, numbers)| (name.to_string(), numbers.to_vec())).collect()
        };
        Self { bound, producers: workers(producers), consumers: workers(consumers) }
    }

    fn run(&self, c: &Checks) -> Run<()> {
        let chance = |(name, numbers): &Worker| {
            // After the numbers that are given, 1 for ever.
            let numbers = Box::new(numbers.clone().into_iter().chain(iter::repeat(1)));
            (name.clone(), Chance { numbers, random: StdRng::seed_from_u64(name.bytes().map(u64::from).sum()) })
        };
        let producers = self.producers.iter().map(chance).collect();
        let consumers = self.consumers.iter().map(chance).collect();
        let bound = self.bound;
        let run = c.run(move || main_async(bound, producers, consumers));
        all_is_done(&run, self.producers.iter().map(|(_, numbers)| numbers[0] as usize).sum());
        run
    }
}

/// So many jobs were added, taken and done; the run ended at the moment when the last one was; nothing is left.
fn all_is_done<T>(run: &Run<T>, jobs: usize) {
    let added = titles(run.recording(), "Producer ", " added <", "> to queue.");
    let taken = titles(run.recording(), "    > Consumer ", " got element <", "> in ");
    let done = titles(run.recording(), "    > Consumer ", " is done with <", ">.");
    if added.len() != jobs || done.len() < jobs {
        fail(format!(
            "{DROPPED}\n\njobs:  {jobs}\nadded: {}\ntaken: {}\ndone:  {}",
            added.len(),
            taken.len(),
            done.len()
        ));
    }
    expect(added == taken && taken == done, "Every job that is added is taken once, by one consumer, and done once.");
    run.nothing_alive(ALIVE);
    let lines = run.recording().lines();
    let last = lines.iter().filter(|line| line.text.contains(" is done with ")).map(|line| line.at.time()).max();
    let (last, took) = (last.unwrap_or_default(), run.recording().elapsed());
    if took != last {
        let (last, took) = (duration_text(last), duration_text(took));
        fail(format!("{TOO_LATE}\n\nthe last job was done at: {last}\nmain_async returned at:   {took}"));
    }
}

/// The titles in the lines of this form, sorted.
fn titles(recording: &Recording, start: &str, middle: &str, end: &str) -> Vec<String> {
    let lines = recording.lines();
    let title = |text: &str| Some(text.strip_prefix(start)?.split_once(middle)?.1.rsplit_once(end)?.0.to_string());
    let mut titles: Vec<String> = lines.iter().filter_map(|line| title(&line.text)).collect();
    titles.sort();
    titles
}

#[test]
fn it_returns_when_the_last_job_is_done() {
    check("main_async returns when the last job is done", |c| {
        let scene = Scene::new(1, &[("Ann", &[3, 1, 4, 9]), ("Eve", &[2, 2, 5])], &[("Bob", &[2, 5, 3, 1, 6])]);
        let run = scene.run(c);
        run.takes(secs(20.0), IN_TURN);
        run.transcript(
            "main_async",
            "The queue has room for `bound` jobs: at 7 s Eve has to wait until Bob has taken Ann's.",
        );
    });
}

#[test]
fn no_job_is_given_up() {
    check("a job that takes long is done to its end, when everybody else has left", |c| {
        for long in [4, 10] {
            let scene = Scene::new(3, &[("Ann", &[2, 1, 2])], &[("Bob", &[long]), ("Cid", &[long])]);
            scene.run(c).takes(secs(3.0 + long as f64), DROPPED);
        }
        // A queue that is nearly as long as everything, when its last producer leaves.
        let scene = Scene::new(6, &[("Ann", &[8, 0, 0, 0, 0, 0, 0, 0, 0])], &[("Bob", &[5; 8])]);
        scene.run(c).takes(secs(40.0), DROPPED);
    });
}

#[test]
fn everybody_works_at_the_same_time() {
    check("producers and consumers work at the same time", |c| {
        let scene = Scene::new(10, &[("Ann", &[4, 0, 0, 0, 0])], &[("Bob", &[3; 4]), ("Cid", &[3; 4])]);
        scene.run(c).takes(secs(6.0), IN_TURN);
        let scene = Scene::new(10, &[("Ann", &[3, 5, 5, 5]), ("Eve", &[3, 5, 5, 5])], &[("Bob", &[1]), ("Cid", &[1])]);
        scene.run(c).takes(secs(16.0), IN_TURN);
    });
}

#[test]
fn consumers_without_work_leave() {
    check("consumers that have nothing to do leave, too", |c| {
        // Who is aborted before he began had nothing to do.
        c.allow(Code::W08);
        let scene = Scene::new(1, &[("Ann", &[1, 2])], &[("Bob", &[4]), ("Cid", &[4]), ("Dan", &[4]), ("Fay", &[4])]);
        scene.run(c).takes(secs(6.0), TOO_LATE);
        let idle = "Where nothing is to be done, it is over at once: no producer is left, and the queue is empty.";
        Scene::new(1, &[("Ann", &[0])], &[("Bob", &[4]), ("Cid", &[4])]).run(c).takes(Duration::ZERO, idle);
        Scene::new(1, &[], &[("Bob", &[4])]).run(c).takes(Duration::ZERO, idle);
    });
}

#[test]
fn a_hundred_producers() {
    check("a hundred producers, ten consumers: every job is done", |c| {
        for bound in [1, 7, 1000] {
            let producer = |n: u64| (format!("P{n}"), vec![n % 4, n % 11, n * 7 % 11, n * 5 % 11]);
            let consumer = |n: u64| (format!("C{n}"), (0..60).map(|nth| (n + 1) * nth % 6).collect());
            let (producers, consumers) = ((0..100).map(producer).collect(), (0..10).map(consumer).collect());
            Scene { bound, producers, consumers }.run(c);
        }
    });
}

#[test]
fn the_program() {
    check("the program: five producers, two consumers, and the time it took", |c| {
        let run = c.run(program);
        let lines = run.recording().lines();
        let jobs = lines.iter().filter(|line| line.text.starts_with("Producer ")).count();
        expect(jobs > 0, "The program runs main_async.");
        all_is_done(&run, jobs);
        let total = format!("Program completed in {:.5} seconds.", run.recording().elapsed().as_secs_f64());
        expect(lines.last().is_some_and(|line| line.text == total), "In the end the program says how long it took.");
    });
}
