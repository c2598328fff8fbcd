//! Checks of 13_as_completed, for the exercise and its solution alike.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use super::*;
use tokio::time::{Instant, sleep};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::duration_text,
};

const IN_TURN: &str = "The futures ran one after another, or only some at a time. Start them all before you wait for the first \
                       result.";
const LATE: &str = "A result is handled as soon as it is there. It waits neither until all the others are there too, nor for \
                    those that stand before it in the list.";
const ALL: &str = "Every result is handled, once, and each returns when the last one has been.";

/// Waits for so many milliseconds and returns them.
async fn nap(millis: u64) -> u64 {
    sleep(Duration::from_millis(millis)).await;
    millis
}

/// What `each` makes of naps: every result with the time at which it was handled.
fn handled(c: &Checks, naps: &[u64]) -> Run<Vec<(u64, Duration)>> {
    let naps: Vec<_> = naps.iter().map(|millis| nap(*millis)).collect();
    c.run(|| async {
        let start = Instant::now();
        let mut handled = Vec::new();
        each(naps, |millis| handled.push((millis, start.elapsed()))).await;
        handled
    })
}

/// Every result was handled, each at its own time.
fn each_at_its_time(run: &Run<Vec<(u64, Duration)>>, naps: &[u64]) {
    let mut results: Vec<u64> = run.output().iter().map(|(millis, _)| *millis).collect();
    let mut expected = naps.to_vec();
    results.sort_unstable();
    expected.sort_unstable();
    expect(results == expected, &format!("{ALL}\n\nexpected: {} results\nyours:    {}", expected.len(), results.len()));
    if let Some((millis, at)) = run.output().iter().find(|(millis, at)| *at != Duration::from_millis(*millis)) {
        let ready = duration_text(Duration::from_millis(*millis));
        fail(format!("{LATE}\n\nready:   {ready}\nhandled: {}", duration_text(*at)));
    }
    run.takes(Duration::from_millis(expected.last().copied().unwrap_or(0)), ALL);
    run.nothing_alive(ALL);
}

#[test]
fn each_runs_all_at_once() {
    check("each runs all the futures at the same time", |c| {
        let run = handled(c, &[1_086, 932, 2_203, 1_397, 129]);
        run.overlap(run.recording().timers(), 5, IN_TURN);
        run.takes(secs(2.203), "All at the same time take as long as the longest.");
    });
}

#[test]
fn every_result_at_its_own_time() {
    check("every result is handled at its own time", |c| {
        for naps in [&[3_000, 1_000, 2_000][..], &[1_000, 2_000, 3_000], &[1_086, 932, 2_203, 1_397, 129, 932]] {
            each_at_its_time(&handled(c, naps), naps);
        }
    });
}

#[test]
fn a_result_that_is_ready_at_once() {
    check("what is ready at once is handled at once", |c| {
        for naps in [&[2_000, 0, 0, 1_000, 0][..], &[0, 0, 0]] {
            each_at_its_time(&handled(c, naps), naps);
        }
    });
}

#[test]
fn none_one_and_a_hundred() {
    check("none, one and a hundred futures", |c| {
        each_at_its_time(&handled(c, &[]), &[]);
        each_at_its_time(&handled(c, &[1_500]), &[1_500]);
        // The last one is done first.
        let hundred: Vec<u64> = (1..=100).rev().map(|nth| nth * 10).collect();
        let run = handled(c, &hundred);
        each_at_its_time(&run, &hundred);
        run.overlap(run.recording().timers(), 100, IN_TURN);
    });
}

#[test]
fn a_callback_that_panics() {
    check("a callback that panics ends each", |c| {
        // The tasks it may have started are left behind, and the panic is met by whoever called each.
        c.allow(Code::W03).allow(Code::W04);
        let calls = Arc::new(Mutex::new(Vec::new()));
        let made = Arc::clone(&calls);
        let run = c.attempt(move || {
            each(vec![nap(3_000), nap(1_000), nap(2_000)], move |millis| {
                // Not while the lock is held: it would be of no use afterwards.
                made.lock().unwrap().push(millis);
                assert!(millis != 2_000, "cannot be handled");
            })
        });
        expect(
            run.output().is_err(),
            "The callback panicked, and each returned as if all were well. The callback is called by each itself, and its \
             panic is each's own.",
        );
        expect(*calls.lock().unwrap() == [1_000, 2_000], "After a callback that panicked none is called any more.");
    });
}

#[test]
fn the_program() {
    check("the program: what is asked for last is done first", |c| {
        let run = c.run(main_async);
        run.overlap(run.recording().timers().into_iter().filter(|wait| wait.asked_nanos != Some(0)), 3, IN_TURN);
        run.transcript("main_async", "Each line is printed when its work is done: at 0, 1, 2 and 3 seconds.");
    });
}
