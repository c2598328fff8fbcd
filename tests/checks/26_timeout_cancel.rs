//! Checks of 26_timeout_cancel, for the exercise and its solution alike.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::*;
use tokio::time::{Instant, sleep};
use workbook::check::{check, expect, fail, secs};

const CLEANED: &str = "The guard cleans up when it is dropped: its Drop prints the line, and nobody else does.";
const GUARD: &str = "The guard lives as long as the work, so it is the last to go. What is bound to `_` is dropped at once; a \
                     name like `_guard` keeps it to the end of its scope.";
const STILL_THERE: &str = "The time was up, and the work was not cancelled: it was still there when with_deadline had returned. \
                           To cancel is to drop the future. A task does not end when its handle is dropped; hand the future \
                           itself to timeout, or abort the task and wait until it is gone.";
const TOO_LATE: &str =
    "When the time is up the work is not waited for any longer: with_deadline returns an error then.";

/// Counts itself out when it is dropped.
struct Alive(Arc<AtomicUsize>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// So many of these are alive.
fn alive(count: usize) -> (Arc<AtomicUsize>, Vec<Alive>) {
    let counter = Arc::new(AtomicUsize::new(count));
    let all = (0..count).map(|_| Alive(Arc::clone(&counter))).collect();
    (counter, all)
}

#[test]
fn the_guard_cleans_up() {
    check("a guard cleans up when it is dropped, and not before", |c| {
        let run = c.run(|| async {
            let guard = CleanUp { name: "desk" };
            sleep(secs(2.0)).await;
            drop(guard);
            sleep(secs(1.0)).await;
        });
        run.says(["desk: cleaned up"], CLEANED);
        run.transcript("guard", CLEANED);
    });
}

#[test]
fn work_cleans_up_in_the_end() {
    check("work begins, works, is done, and cleans up last", |c| {
        for (name, seconds) in [("report", 3), ("note", 0)] {
            let mut run = c.run(move || work(name, seconds));
            run.in_order()
                .says([format!("{name}: begun"), format!("{name}: done"), format!("{name}: cleaned up")], GUARD);
            run.returns(seconds, "work yields its seconds.");
            run.takes(secs(seconds as f64), "work takes as many seconds as it was told.");
            run.in_order().transcript(&format!("work_{name}"), GUARD);
        }
    });
}

#[test]
fn work_cleans_up_when_it_is_dropped() {
    check("work cleans up when it is dropped in the middle", |c| {
        let run = c.run(|| async {
            let mut work = Box::pin(work("report", 5));
            let early = tokio::select! {
                biased;
                _ = &mut work => false,
                () = sleep(secs(2.0)) => true,
            };
            drop(work);
            sleep(secs(10.0)).await;
            early
        });
        run.returns(true, "work takes as many seconds as it was told.");
        let recording = run.recording();
        expect(
            recording.time_of("report: done").is_none(),
            "The work was dropped, and went on all the same. Do it in the future itself, not in a task beside it.",
        );
        let Some(cleaned) = recording.time_of("report: cleaned up") else {
            fail(
                "The work was dropped in the middle of its sleep, and did not clean up. What stands behind an await is never \
                 reached then. Make the guard before the await: Drop runs in any case.",
            )
        };
        expect(cleaned == secs(2.0), GUARD);
        run.transcript("dropped", "Begun, and cleaned up when it is dropped after two seconds.");
    });
}

#[test]
fn work_that_is_in_time() {
    check("with_deadline yields what the work yields, as soon as it is done", |c| {
        for limit in [2.0, 60.0] {
            let run = c.run(move || with_deadline(secs(limit), work("report", 1)));
            run.returns(Ok(1), "The work was in time: with_deadline yields what it yields.");
            run.takes(secs(1.0), "The work is done after one second; the rest of the time is not waited for.");
            run.nothing_alive("with_deadline has returned, and left a task behind.");
            run.transcript("in_time", "Begun, done, cleaned up.");
        }
    });
}

#[test]
fn work_that_is_too_late_is_dropped() {
    check("work that is too late is dropped at the deadline", |c| {
        for (limit, seconds) in [(2.0, 5), (0.5, 1), (3.0, 3_000)] {
            let run = c.run(move || async move {
                let (count, guards) = alive(1);
                let start = Instant::now();
                let late = with_deadline(secs(limit), async move {
                    let _guards = guards;
                    work("report", seconds).await
                });
                let result = late.await;
                let (at, left) = (start.elapsed(), count.load(Ordering::SeqCst));
                // Whoever goes on is heard now.
                sleep(secs(4_000.0_f64.min(seconds as f64))).await;
                (result.is_err(), at, left)
            });
            let (late, at, left) = *run.output();
            expect(late && at >= secs(limit), TOO_LATE);
            expect(
                at == secs(limit),
                "The work was waited for though its time was up: the error comes at the deadline.",
            );
            expect(left == 0 && run.recording().time_of("report: done").is_none(), STILL_THERE);
            expect(
                run.recording().time_of("report: cleaned up") == Some(secs(limit)),
                "The work is dropped at the deadline, and its guard cleans up at that moment.",
            );
        }
    });
}

#[test]
fn everything_in_the_work_goes_with_it() {
    check("with the work goes everything that it waits for", |c| {
        let run = c.run(|| async {
            let (count, guards) = alive(100);
            let children = guards.into_iter().map(|guard| async move {
                sleep(secs(9.0)).await;
                drop(guard);
            });
            // One deadline inside another; the inner one comes first.
            let inner = with_deadline(secs(1.0), futures::future::join_all(children));
            let outer = with_deadline(secs(2.0), async {
                let inner = inner.await.is_err();
                work("rest", 5).await;
                inner
            });
            let result = outer.await;
            (result, count.load(Ordering::SeqCst))
        });
        run.returns((Err(TooLate), 0), STILL_THERE);
        run.takes(secs(2.0), TOO_LATE);
        run.nothing_alive(STILL_THERE);
        run.transcript("inside", "The rest begins at the inner deadline and cleans up at the outer one.");
    });
}

#[test]
fn a_hundred_deadlines() {
    check("a hundred pieces of work, each with its own deadline", |c| {
        let run = c.run(|| async {
            let one = |n: u64| async move {
                with_deadline(Duration::from_secs(50), async move {
                    sleep(Duration::from_millis(1000 * n + 500)).await;
                    n
                })
                .await
                .ok()
            };
            futures::future::join_all((0..100).map(one)).await
        });
        let expected: Vec<Option<u64>> = (0..100).map(|n| (n < 50).then_some(n)).collect();
        run.returns(expected, "Each piece of work has its own deadline: the first fifty are in time.");
        run.takes(secs(50.0), TOO_LATE);
    });
}

#[test]
fn the_program() {
    check("the program: one in time, one too late", |c| {
        c.run(program).transcript("program", "The report is done after one second; the index is cancelled after two.");
    });
}
