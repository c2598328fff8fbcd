//! Checks of 25_bounded_fetch, for the exercise and its solution alike.

use std::time::Duration;

use super::{fetch_n, program};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    recording::{Recording, duration_text},
};

const TOO_MANY: &str = "There were more than n fetches at the same time. A fetch that was spawned has begun, whether \
                        it is awaited or not; and a permit that is dropped before the fetch is done lets another one \
                        in.";
const HELD_UP: &str = "A place was free, and the next fetch did not begin. It begins as soon as any of the others is \
                       done: not when the whole group is, or a slow one before it, or the one in its own lane.";
const BACKWARDS: &str = "The fetches begin in the order of the list.";
const MIXED: &str = "The results come in the order of the list, whatever finishes first. What is collected as it \
                     comes has to find its way back to the place of its fetch.";

/// Prints when it begins and when it ends, waits in two halves, and returns the square of its number.
async fn square(nth: usize, seconds: u64) -> usize {
    workbook::println!("begin {nth}");
    for _ in 0..2 {
        tokio::time::sleep(secs(seconds as f64 / 2.0)).await;
    }
    workbook::println!("end {nth}");
    nth * nth
}

/// Runs fetches that take so many seconds, `n` at a time, and proves when each began.
fn prove(c: &Checks, n: usize, seconds: &[u64]) -> Run<Vec<usize>> {
    let fetches: Vec<_> = seconds.iter().enumerate().map(|(nth, seconds)| square(nth, *seconds)).collect();
    let count = fetches.len();
    let run = c.run(move || fetch_n(n, fetches));
    let peak = peak(run.recording());
    if peak > n {
        fail(format!("{TOO_MANY}\n\nn:             {n}\nyours at most: {peak}"));
    }
    for line in run.recording().lines() {
        let (begun, running) = begun_and_running(run.recording(), line.at.nanos);
        if running < n && begun < count {
            let (at, left) = (duration_text(line.at.time()), count - begun);
            fail(format!("{HELD_UP}\n\nn: {n}\nat {at}: {running} running, {left} not begun"));
        }
    }
    let begins = (0..count).map(|nth| run.recording().time_of(&format!("begin {nth}")));
    let begins: Vec<Option<Duration>> = begins.collect();
    expect(begins.iter().all(Option::is_some), "Every fetch runs, to its end.");
    expect(begins.is_sorted(), BACKWARDS);
    let total = schedule(n, seconds);
    run.takes(total, "fetch_n returns when the last fetch is done.");
    run.nothing_alive("fetch_n returned, and something it had started was still alive.");
    run.returns((0..count).map(|nth| nth * nth).collect(), MIXED);
    run
}

/// How many fetches there were at the same time, at most.
fn peak(recording: &Recording) -> usize {
    let counts = recording.lines().into_iter().scan(0, |running, line| {
        *running = if line.text.starts_with("begin") { *running + 1 } else { *running - 1 };
        Some(*running)
    });
    counts.max().unwrap_or_default()
}

/// How many had begun, and were not done, when everything had happened that happens at this time.
fn begun_and_running(recording: &Recording, at: u64) -> (usize, usize) {
    let lines = recording.lines().into_iter().filter(|line| line.at.nanos <= at);
    let (begun, ended): (Vec<_>, Vec<_>) = lines.partition(|line| line.text.starts_with("begin"));
    (begun.len(), begun.len() - ended.len())
}

/// When the last is done if the first place that is free is always taken at once.
fn schedule(n: usize, seconds: &[u64]) -> Duration {
    let mut free = vec![0; n];
    for seconds in seconds {
        free.sort_unstable();
        free[0] += seconds;
    }
    Duration::from_secs(free.into_iter().max().unwrap_or_default())
}

#[test]
fn at_most_n() {
    check("there are never more than n at once", |c| {
        for n in 2..6 {
            let run = prove(c, n, &[2; 20]);
            expect(peak(run.recording()) == n, HELD_UP);
        }
    });
}

#[test]
fn always_n() {
    check("a place that is free is taken at once", |c| {
        prove(c, 2, &[1, 3, 1, 1, 2, 1, 4, 1]).transcript("always_n", HELD_UP);
        prove(c, 3, &[1, 4, 7, 2, 2, 5, 3, 6, 1, 1]);
        prove(c, 4, &[5, 1, 2, 9, 3, 3, 3, 1, 8, 2, 2, 6]);
    });
}

#[test]
fn a_slow_one_holds_up_nobody() {
    check("a slow one holds up nobody", |c| {
        prove(c, 2, &[30, 1, 2, 3, 4, 5, 6]);
        prove(c, 3, &[2, 40, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        // The other way round: the last one takes longest.
        prove(c, 3, &[1, 1, 1, 1, 1, 1, 20]).takes(secs(22.0), HELD_UP);
    });
}

#[test]
fn the_results_are_in_order() {
    check("the results come in the order of the list", |c| {
        prove(c, 5, &[5, 4, 3, 2, 1]).returns(vec![0, 1, 4, 9, 16], MIXED);
        prove(c, 2, &[9, 1, 7, 1, 1, 8]);
    });
}

#[test]
fn one_at_a_time() {
    check("with n = 1 they run one after another", |c| {
        prove(c, 1, &[2, 1, 3, 1]).takes(secs(7.0), TOO_MANY);
    });
}

#[test]
fn more_places_than_fetches() {
    check("with more places than fetches all run at once; none are done at once", |c| {
        prove(c, 10, &[3, 1, 2]).takes(secs(3.0), HELD_UP);
        prove(c, 1, &[4]).takes(secs(4.0), HELD_UP);
        for n in [1, 8] {
            prove(c, n, &[]).takes(Duration::ZERO, "Where nothing is to be fetched, there is nothing to wait for.");
        }
    });
}

#[test]
fn a_hundred() {
    check("a hundred fetches, seven at a time, or all of them", |c| {
        let seconds: Vec<u64> = (0..100).map(|nth| nth * 37 % 11 + 1).collect();
        prove(c, 7, &seconds);
        prove(c, 100, &seconds).takes(secs(11.0), HELD_UP);
    });
}

#[test]
fn fetches_that_need_not_wait() {
    check("fetches that are done at once", |c| {
        let run = c.run(|| fetch_n(3, (0..50).map(|nth| async move { nth }).collect()));
        run.returns((0..50).collect(), MIXED);
        run.takes(Duration::ZERO, HELD_UP);
    });
}

#[test]
fn the_program() {
    check("the program: eight pages, three at a time", |c| {
        c.run(program).transcript("program", "A page that is done makes room for the next, and /index holds up none.");
    });
}
