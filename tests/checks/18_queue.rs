//! Checks of 18_queue, for the exercise and its solution alike.

#[path = "18_queue/schedule.rs"]
mod schedule;

use std::{collections::BTreeSet, time::Duration};

use futures::future::join_all;
use tokio::time::{Instant, sleep, timeout};

use super::{Job, consume, create_job, join_workers, produce, program, queue, rand_sleep, start_workers};
use schedule::{Scene, Worker, job_title};
use workbook::check::{Checks, Run, check, expect, fail, secs};

const STAMP: &str = "The time stamp of a job says when it was made: create_job looks at the clock, with \
                     Instant::now().";
const TITLE: &str = "The title of a job is Title().fake_with_rng(&mut chance.random): with the chance of the worker \
                     each run makes the same jobs.";
const IN_ORDER: &str = "A producer draws how many jobs it makes; for each it waits with rand_sleep, makes it, adds \
                        it, and says so. Then it is done.";

/// What a worker that never gets to print is called.
const SILENT: &str = "Nobody";

#[test]
fn rand_sleep_draws_and_waits() {
    check("rand_sleep waits for as many seconds as it draws", |c| {
        for pause in [0, 1, 10] {
            let mut chance = Worker::new(SILENT, &[pause, 7]).chance();
            let run = c.run(move || async move {
                rand_sleep(&mut chance).await;
                chance.number()
            });
            run.takes(secs(pause as f64), "rand_sleep waits for chance.number() seconds, with tokio's sleep.");
            run.returns(7, "rand_sleep draws one number, no more.");
        }
    });
}

#[test]
fn create_job_makes_a_title_and_a_stamp() {
    check("create_job makes a random title and notes the time", |c| {
        let run = c.run(|| async {
            let mut chance = Worker::new("Ann", &[]).chance();
            sleep(secs(3.0)).await;
            let now = Instant::now();
            let jobs: Vec<Job> = (0..10).map(|_| create_job(&mut chance)).collect();
            let titles: Vec<String> = jobs.iter().map(|(title, _)| title.clone()).collect();
            (titles, jobs.iter().all(|(_, made)| *made == now))
        });
        let (titles, stamped) = run.output();
        expect(*stamped, STAMP);
        let different: BTreeSet<&String> = titles.iter().collect();
        expect(different.len() > 1, TITLE);
        expect((0..10).all(|nth| titles[nth] == job_title("Ann", nth)), TITLE);
    });
}

#[test]
fn produce_makes_as_many_jobs_as_it_draws() {
    check("produce makes as many jobs as it draws, each after its pause", |c| {
        for (numbers, takes) in [(&[3, 2, 0, 5][..], 7.0), (&[1, 10, 3], 10.0), (&[0, 9, 9], 0.0)] {
            let run = c.run(move || async move {
                let (adding, _taking) = queue(10);
                produce("Ann".to_string(), Worker::new("Ann", numbers).chance(), adding).await;
            });
            let jobs = (0..numbers[0] as usize).map(|nth| job_title("Ann", nth));
            run.says(jobs.map(|title| format!("Producer Ann added <{title}> to queue.")), IN_ORDER);
            let pauses = numbers[1..].iter().scan(0, |sum, pause| {
                *sum += pause;
                Some(Duration::from_secs(*sum))
            });
            let times = run.recording().lines().into_iter().map(|line| line.at.time());
            expect(times.eq(pauses.take(numbers[0] as usize)), "Each job is added as soon as its own pause is over.");
            run.takes(secs(takes), IN_ORDER);
        }
    });
}

#[test]
fn a_full_queue_makes_a_producer_wait() {
    check("a full queue makes its producer wait", |c| {
        for bound in [1, 3, 10] {
            let run = c.run(move || async move {
                let (adding, _taking) = queue(bound);
                let worker = Worker::new("Ann", &[20]);
                let produced = produce(worker.name.clone(), worker.chance(), adding);
                // Nobody takes a job, so it waits for ever.
                timeout(secs(60.0), produced).await.is_err()
            });
            let added = run.recording().lines().len();
            if added == bound + 1 {
                fail(format!(
                    "A producer said that it had added a job, and there was no room for it. Print once the job is in \
                     the queue, after the await.\n\nroom for: {bound}\nadded:    {added}"
                ));
            }
            if added > bound {
                fail(format!("{}\n\nroom for: {bound}\nadded:    {added}", schedule::NO_BOUND));
            }
            if added < bound {
                fail(format!("{}\n\nroom for: {bound}\nadded:    {added}", schedule::ROOM_LEFT));
            }
            run.returns(
                true,
                "The queue is full and nobody takes a job: the producer has to wait, and not to give up.",
            );
        }
    });
}

#[test]
fn a_slow_consumer_slows_a_quick_producer() {
    check("a slow consumer slows a quick producer down", |c| {
        for bound in [1, 2, 5] {
            let scene = Scene::new(bound, &[("Ann", &[6, 0, 0, 0, 0, 0, 0])], &[("Bob", &[2, 2, 3, 2, 2, 2, 2])]);
            let run = joined(&scene, c);
            scene.prove(run.recording());
            if bound == 2 {
                run.transcript("slow_consumer", "Each job that Bob takes makes room for one more of Ann's.");
            }
        }
    });
}

#[test]
fn consume_waits_for_jobs_that_are_late() {
    check("consume waits for jobs that are late, and returns when there will be none", |c| {
        let scene = Scene::new(3, &[("Ann", &[3, 4, 6, 1])], &[("Bob", &[1, 0, 10, 5])]);
        let run = joined(&scene, c);
        scene.prove(run.recording());
        run.transcript("late_jobs", "Bob waits for Ann's first job, and is late himself for the third.");
        // Nobody makes a job: the consumer finds that out after its first pause.
        let scene = Scene::new(3, &[("Ann", &[0])], &[("Bob", &[4])]);
        scene.prove(joined(&scene, c).recording());
    });
}

#[test]
fn consumers_overlap() {
    check("two consumers take jobs at the same time", |c| {
        let scene =
            Scene::new(8, &[("Ann", &[8, 0, 0, 0, 0, 0, 0, 0, 0])], &[("Bob", &[2; 9]), ("Cid", &[3, 4, 4, 4])]);
        let run = joined(&scene, c);
        let asleep = run.recording().timers().into_iter().filter(|wait| wait.asked_nanos != Some(0));
        expect(run.recording().peak(asleep) == 2, schedule::KEPT_OUT);
        scene.prove(run.recording());
        run.transcript("two_consumers", "Bob takes a job every two seconds, and Cid one of his own at 3, 7 and 11.");
    });
}

#[test]
fn start_workers_starts_them_all() {
    check("start_workers starts all workers at once, with one queue", |c| {
        let mixed = Scene::new(
            2,
            &[("Ann", &[3, 1, 1, 1]), ("Eve", &[4, 2, 0, 5, 1]), ("Ida", &[0])],
            &[("Bob", &[4, 1, 6, 2, 3, 8]), ("Cid", &[2, 5, 3, 7, 1])],
        );
        let alone = Scene::new(1, &[("Ann", &[2, 10, 10])], &[("Bob", &[3]), ("Cid", &[10, 10]), ("Dan", &[0])]);
        let none = Scene::new(1, &[], &[("Bob", &[2])]);
        for scene in [mixed, alone, none, Scene::of_many(100, 1), Scene::of_many(20, 10)] {
            let run = started(&scene, c);
            run.nothing_alive("The workers had not ended when all the handles were done: return the handle of each.");
            expect(run.output().returned == Duration::ZERO, "start_workers starts the workers and returns at once.");
            expect(
                run.output().well,
                "A worker panicked. That there will be no more jobs is no fault: it is time to leave.",
            );
            scene.prove(run.recording());
        }
    });
}

#[test]
fn a_worker_that_panics_takes_nobody_with_it() {
    check("when a worker panics, the others go on", |c| {
        let idea =
            "One worker panicked, and the others did not get to their end: each worker is to be a task of its own.";
        // Bob panics after his second job, and Eve after her first.
        let mut scene = Scene::new(2, &[("Ann", &[6, 1, 1, 1, 1, 1, 1])], &[("Bob", &[1, 1]), ("Cid", &[2, 2])]);
        scene.consumers[0].panics = true;
        let run = started(&scene, c);
        expect(!run.output().well, idea);
        scene.each_job_once(run.recording(), 6, idea);

        let mut scene = Scene::new(2, &[("Eve", &[5, 1]), ("Ann", &[3, 2, 2, 2])], &[("Bob", &[1]), ("Cid", &[1])]);
        scene.producers[0].panics = true;
        let run = started(&scene, c);
        expect(!run.output().well, idea);
        scene.each_job_once(run.recording(), 4, idea);
    });
}

#[test]
fn the_program() {
    check("the program: five producers and two consumers, room for three jobs", |c| {
        let run = c.run(program);
        let scene = Scene::of_program();
        scene.prove(run.recording());
        let last = run.recording().lines().pop().map(|line| line.text);
        let total = format!("Program completed in {:.5} seconds.", run.recording().elapsed().as_secs_f64());
        expect(last == Some(total), "In the end the program says how long it took.");
    });
}

/// Runs the workers of a scene in one task, by the check's own hand.
fn joined(scene: &Scene, c: &Checks) -> Run<()> {
    let scene = scene.clone();
    c.run(move || async move {
        let (adding, taking) = queue(scene.bound);
        let producers = scene.producers.iter().map(|w| produce(w.name.clone(), w.chance(), adding.clone()));
        let producers: Vec<_> = producers.collect();
        let consumers = scene.consumers.iter().map(|w| consume(w.name.clone(), w.chance(), taking.clone()));
        let consumers: Vec<_> = consumers.collect();
        drop((adding, taking));
        tokio::join!(join_all(producers), join_all(consumers));
    })
}

/// What came of `start_workers` and `join_workers`.
struct Started {
    returned: Duration,
    handles: usize,
    well: bool,
}

/// Runs the workers of a scene with `start_workers`.
fn started(scene: &Scene, c: &Checks) -> Run<Started> {
    let all = scene.producers.len() + scene.consumers.len();
    let scene = scene.clone();
    let run = c.run(move || async move {
        let start = Instant::now();
        let chances = |workers: &[Worker]| workers.iter().map(|w| (w.name.clone(), w.chance())).collect();
        let workers = start_workers(scene.bound, chances(&scene.producers), chances(&scene.consumers));
        let (returned, handles) = (start.elapsed(), workers.len());
        Started { returned, handles, well: join_workers(workers).await.is_ok() }
    });
    let handles = run.output().handles;
    if handles != all {
        fail(format!("start_workers returns the handle of every worker.\n\nworkers: {all}\nhandles: {handles}"));
    }
    run
}
