//! Checks of 24_seven_models, for the exercise and its solution alike.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::{as_completed, async_iterator, gather, list_of_tasks, program, sequential_loop, task_group, wait};
use futures::{FutureExt, Stream, StreamExt, future::BoxFuture};
use tokio::{
    task::JoinError,
    time::{Instant, sleep},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::duration_text,
};

const IN_TURN: &str = "The jobs ran one after another, or a few at a time. In this model all of them run at once: hand them \
                       all to one await, or spawn each, before you wait for the first.";
const AT_ONCE: &str =
    "Some of the jobs ran at the same time. In this model each begins when the one before it is done.";
const LONGEST: &str = "Jobs that run at once are all done when the longest of them is.";
const SUM: &str = "Jobs that run one after another take as long as all of them together.";
const NOT_ASKED: &str = "A job began before its result was asked for. A stream works only while it is pulled: begin a job in \
                         the pull that asks for its result, and no sooner.";
const JOBS_ORDER: &str = "The results come in the order of the jobs, whichever is done first.";
const LEFT: &str = "The model returned before all of its jobs were done.";

/// How long the four jobs of most scenes take, in seconds.
const TIMES: [f64; 4] = [3.0, 1.0, 4.0, 2.0];

type Jobs = Vec<BoxFuture<'static, usize>>;

/// Says when it begins and when it is done.
async fn job(number: usize, seconds: f64) -> usize {
    workbook::println!("{number} begins");
    sleep(secs(seconds)).await;
    workbook::println!("{number} is done");
    number
}

/// Jobs that take so many seconds each.
fn jobs(times: &[f64]) -> Jobs {
    times.iter().enumerate().map(|(number, seconds)| job(number, *seconds).boxed()).collect()
}

/// The times at which jobs began.
fn begins<T>(run: &Run<T>) -> Vec<Duration> {
    let lines = run.recording().lines();
    lines.iter().filter(|line| line.text.ends_with("begins")).map(|line| line.at.time()).collect()
}

/// All four jobs of a scene ran at once, and none was left behind.
fn ran_at_once<T>(run: &Run<T>) {
    run.nothing_alive(LEFT);
    expect(begins(run) == [Duration::ZERO; 4], IN_TURN);
    run.overlap(run.recording().timers(), 4, IN_TURN);
    run.takes(secs(4.0), LONGEST);
}

/// Runs a model over no job, over one and over a hundred, of which the last is done first.
fn of_any_size<F>(c: &Checks, at_once: bool, model: impl Fn(Jobs) -> F + Copy + 'static) -> Vec<usize>
where
    F: Future<Output = Vec<usize>> + 'static,
{
    let none = c.run(move || model(Vec::new()));
    none.takes(Duration::ZERO, "Without jobs there is nothing to wait for.");
    none.returns(Vec::new(), "Without jobs there are no results.");
    let one = c.run(move || model(jobs(&[5.0])));
    one.takes(secs(5.0), "A single job takes as long as it takes.");
    one.returns(vec![0], "A single job has a single result.");
    let times: Vec<f64> = (1..=100).rev().map(|tenths| f64::from(tenths) / 10.0).collect();
    let hundred = c.run(move || model(jobs(&times)));
    hundred.nothing_alive(LEFT);
    let (peak, time, idea) = if at_once { (100, 10.0, IN_TURN) } else { (1, 505.0, AT_ONCE) };
    hundred.overlap(hundred.recording().timers(), peak, idea);
    hundred.takes(secs(time), if at_once { LONGEST } else { SUM });
    hundred.output().clone()
}

/// Asks for so many results, and pauses for a second after each.
async fn pull(stream: impl Stream<Item = usize>, most: usize) -> Vec<usize> {
    let mut stream = pin!(stream);
    let mut results = Vec::new();
    while results.len() < most
        && let Some(result) = stream.next().await
    {
        results.push(result);
        sleep(secs(1.0)).await;
    }
    results
}

#[test]
fn async_iterator_is_asked_for_each() {
    check("async_iterator runs one job for each result that is asked for", |c| {
        let run = c.run(|| async {
            let stream = async_iterator(jobs(&TIMES));
            sleep(secs(5.0)).await;
            drop(stream);
        });
        expect(begins(&run).is_empty(), NOT_ASKED);
        let run = c.run(|| pull(async_iterator(jobs(&TIMES)), usize::MAX));
        expect(begins(&run) == [0.0, 4.0, 6.0, 11.0].map(secs), NOT_ASKED);
        run.returns(vec![0, 1, 2, 3], "The stream yields the result of each job, in the order of the jobs.");
        run.takes(secs(14.0), "After the last result the stream ends.");
        let run = c.run(|| pull(async_iterator(jobs(&TIMES)), 2));
        run.takes(secs(6.0), "A result is there as soon as its job is done.");
        expect(begins(&run).len() == 2, "Two results were asked for, and more than two jobs began.");
        run.nothing_alive("The stream was dropped after two results, and something went on.");
    });
}

#[test]
fn async_iterator_takes_the_sum() {
    check("async_iterator takes as long as all the jobs together", |c| {
        let results = of_any_size(c, false, |jobs| async_iterator(jobs).collect());
        expect(results == (0..100).collect::<Vec<_>>(), JOBS_ORDER);
    });
}

#[test]
fn sequential_loop_takes_the_sum() {
    check("sequential_loop runs each job when the one before it is done", |c| {
        let mut run = c.run(|| sequential_loop(jobs(&TIMES)));
        run.overlap(run.recording().timers(), 1, AT_ONCE);
        run.takes(secs(10.0), SUM);
        run.returns(vec![0, 1, 2, 3], JOBS_ORDER);
        run.in_order().transcript("sequential_loop", "Each job begins when the one before it is done.");
        let results = of_any_size(c, false, sequential_loop);
        expect(results == (0..100).collect::<Vec<_>>(), JOBS_ORDER);
    });
}

#[test]
fn gather_keeps_the_order() {
    check("gather runs all jobs at once, and keeps their order", |c| {
        let run = c.run(|| gather(jobs(&TIMES)));
        ran_at_once(&run);
        run.returns(vec![0, 1, 2, 3], JOBS_ORDER);
        let results = of_any_size(c, true, gather);
        expect(results == (0..100).collect::<Vec<_>>(), JOBS_ORDER);
    });
}

#[test]
fn wait_waits_for_all() {
    check("wait runs all jobs at once, and waits until every task is done", |c| {
        let sorted = |jobs| async {
            let outcomes = wait(jobs).await;
            let mut results: Vec<usize> = outcomes.into_iter().filter_map(Result::ok).collect();
            results.sort_unstable();
            results
        };
        let all = "wait returns what became of every task.";
        let run = c.run(move || sorted(jobs(&TIMES)));
        ran_at_once(&run);
        run.returns(vec![0, 1, 2, 3], all);
        expect(of_any_size(c, true, sorted) == (0..100).collect::<Vec<_>>(), all);
    });
}

#[test]
fn wait_keeps_a_panic_apart() {
    check("wait hands back a task that panicked as an error, beside the others", |c| {
        // These panics are meant.
        c.allow(Code::W04);
        for panics in [[false, true, false], [true, false, false], [true, true, true]] {
            let run = c.attempt(move || async move {
                let shaky = |number: usize, seconds| async move {
                    job(number, seconds).await;
                    if panics[number] {
                        panic!("job {number} has failed");
                    }
                };
                let outcomes = wait(vec![shaky(0, 3.0), shaky(1, 1.0), shaky(2, 2.0)]).await;
                let panicked = |outcome: &&Result<(), JoinError>| matches!(outcome, Err(error) if error.is_panic());
                (outcomes.iter().filter(|outcome| outcome.is_ok()).count(), outcomes.iter().filter(panicked).count())
            });
            let run = run.without_panic(
                "A job panicked, and the panic went on through wait: it stays in a task, whose \
                                         handle yields it as an error. Hand that on as it is.",
            );
            let failed = panics.iter().filter(|panics| **panics).count();
            run.nothing_alive("A task panicked, and wait left the others behind: it waits until every task is done.");
            run.takes(secs(3.0), "wait waits until every task is done, also when one has panicked.");
            run.returns(
                (3 - failed, failed),
                "wait returns what became of every task: Ok with the result, or the error.",
            );
        }
    });
}

/// The callback was called with these numbers, each in its second.
fn expect_told<T>(run: &Run<T>, expected: [(f64, usize); 4], idea: &str) {
    let expected = expected.map(|(second, number)| (secs(second), format!("got {number}")));
    let lines = run.recording().lines().into_iter().filter(|line| line.text.starts_with("got"));
    let told: Vec<_> = lines.map(|line| (line.at.time(), line.text)).collect();
    if told != expected {
        let text = |told: &[(Duration, String)]| {
            told.iter().map(|(at, text)| format!("{text} at {}", duration_text(*at))).collect::<Vec<_>>().join(", ")
        };
        fail(format!("{idea}\n\nexpected: {}\nyours:    {}", text(&expected), text(&told)));
    }
}

#[test]
fn as_completed_goes_by_completion() {
    check("as_completed hands on each result as soon as it is there", |c| {
        let run = c.run(|| as_completed(jobs(&TIMES), |number| workbook::println!("got {number}")));
        ran_at_once(&run);
        let idea = "each is called with a result as soon as its job is done: the fastest job comes first, and nobody waits \
                    for a slower one.";
        expect_told(&run, [(1.0, 1), (2.0, 3), (3.0, 0), (4.0, 2)], idea);
        let results = of_any_size(c, true, |jobs| async {
            let mut results = Vec::new();
            as_completed(jobs, |number| results.push(number)).await;
            results
        });
        expect(results == (0..100).rev().collect::<Vec<_>>(), idea);
    });
}

#[test]
fn list_of_tasks_goes_by_the_list() {
    check("list_of_tasks hands on the results in the order of the list", |c| {
        let run = c.run(|| list_of_tasks(jobs(&TIMES), |number| workbook::println!("got {number}")));
        ran_at_once(&run);
        let idea = "each is called with the results in the order of the jobs, with each one as soon as it and all before it \
                    are there: a fast job waits for a slower one before it, and for none after it.";
        expect_told(&run, [(3.0, 0), (3.0, 1), (4.0, 2), (4.0, 3)], idea);
        let results = of_any_size(c, true, |jobs| async {
            let mut results = Vec::new();
            list_of_tasks(jobs, |number| results.push(number)).await;
            results
        });
        expect(results == (0..100).collect::<Vec<_>>(), idea);
    });
}

/// Counts itself out when it is dropped.
struct Alive(Arc<AtomicUsize>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Runs a group of four, some of which fail at their end. Returns what the group did, when, and how many of the jobs were
/// alive at that moment.
async fn group_of_four(fails: [bool; 4]) -> (Result<(), usize>, Duration, usize) {
    let start = Instant::now();
    let alive = Arc::new(AtomicUsize::new(4));
    let jobs = (0..4).map(|number| {
        let guard = Alive(Arc::clone(&alive));
        async move {
            let _guard = guard;
            job(number, TIMES[number]).await;
            if fails[number] { Err(number) } else { Ok(number) }
        }
    });
    let result = task_group(jobs.collect()).await;
    (result, start.elapsed(), alive.load(Ordering::SeqCst))
}

#[test]
fn task_group_without_failure() {
    check("task_group runs all jobs at once, and returns when all are done", |c| {
        let run = c.run(|| group_of_four([false; 4]));
        ran_at_once(&run);
        run.returns((Ok(()), secs(4.0), 0), "No job failed: task_group returns Ok when all are done.");
        of_any_size(c, true, |jobs| async {
            let count = jobs.len();
            let jobs = jobs.into_iter().map(|job| job.map(Ok::<usize, ()>)).collect();
            task_group(jobs).await.map_or(Vec::new(), |()| (0..count).collect())
        });
    });
}

#[test]
fn task_group_ends_together() {
    check("when a job fails, task_group returns its error, and nothing is left alive", |c| {
        for (fails, first) in
            [([false, true, false, false], 1), ([true, false, true, false], 0), ([true, false, false, true], 3)]
        {
            let run = c.run(move || group_of_four(fails));
            let (result, took, alive) = *run.output();
            expect(result.is_err(), "A job failed, and task_group returned Ok. Look at the result of each.");
            expect(
                result == Err(first) && took == secs(TIMES[first]),
                "task_group returns with the error that comes first in time, at that time, wherever its job is in the list: \
                 a job that fails late, or not at all, is not waited for.",
            );
            expect(
                alive == 0,
                "task_group returned an error while others of its jobs were alive. To drop a handle leaves the task running, \
                 and to abort it is only a request: cancel the others, and wait until they are gone.",
            );
            run.nothing_alive("A job of the group went on after task_group had returned.");
        }
    });
}

#[test]
fn task_group_of_many_ends_together() {
    check("task_group ends with the first failure, in the middle of 31 jobs or of 257", |c| {
        for count in [31, 257] {
            let run = c.run(move || async move {
                let job = |number: usize| async move {
                    sleep(secs(if number == count / 2 { 1.0 } else { 2.0 })).await;
                    if number == count / 2 { Err(number) } else { Ok(number) }
                };
                let start = Instant::now();
                (task_group((0..count).map(job).collect()).await, start.elapsed())
            });
            run.returns(
                (Err(count / 2), secs(1.0)),
                "A job fails at 1 s, and no other is waited for, however many there are. (try_join_all takes the results of more \
                 than 30 futures in the order of the list.)",
            );
            run.nothing_alive("A job of the group went on after task_group had returned.");
        }
    });
}

#[test]
fn the_program() {
    check("the program: two models take six seconds, five take three", |c| {
        let mut run = c.run(program);
        run.in_order().transcript("program", "The first two take 0 + 1 + 2 + 3 seconds, the other five take three.");
    });
}
