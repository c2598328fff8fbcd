//! Checks of 15_fail_or_settle, for the exercise and its solution alike.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::*;
use futures::FutureExt;
use tokio::time::{Instant, sleep};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::duration_text,
};

const IN_TURN: &str = "The futures ran one after another. Begin all of them before you wait for the first: hand them all to one \
                       await, or spawn each.";
const IN_ORDER: &str = "The values come in the order of the futures, whatever is done first.";
const FIRST_ERROR: &str = "The error is the first that happens, wherever its future stands in the list.";
const EVERY_RESULT: &str =
    "settle returns the result of every future, an error like a value, in the order of the futures.";

/// A future for the checks: after how many seconds it is done, and what comes of it.
type Plan = (u64, Result<u32, u32>);

/// Counted for as long as it is there.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The futures of a plan. `alive` counts those that are neither done nor dropped.
fn children(plans: &[Plan], alive: &Arc<AtomicUsize>) -> Vec<impl Future<Output = Result<u32, u32>> + Send + use<>> {
    let child = |(seconds, result): &Plan| {
        let (seconds, result, counted) = (*seconds, *result, Counted::new(alive));
        async move {
            let _counted = counted;
            if seconds > 0 {
                sleep(Duration::from_secs(seconds)).await;
            }
            workbook::println!("{result:?}");
            result
        }
    };
    plans.iter().map(child).collect()
}

/// What a function returned, when, and how many of its futures were alive then.
struct Seen<R> {
    result: R,
    at: Duration,
    alive: usize,
}

/// Runs `fail_fast`. Who is left behind has time to show it.
fn fast(c: &Checks, plans: Vec<Plan>) -> Run<Seen<Result<Vec<u32>, u32>>> {
    // Where the first one fails at once, there are others that have not even begun.
    c.allow(Code::W08);
    c.run(move || async move {
        let (start, alive) = (Instant::now(), Arc::default());
        let result = fail_fast(children(&plans, &alive)).await;
        let seen = Seen { result, at: start.elapsed(), alive: alive.load(Ordering::SeqCst) };
        sleep(Duration::from_secs(200)).await;
        seen
    })
}

/// The same for `settle`.
fn settled(c: &Checks, plans: Vec<Plan>) -> Run<Seen<Vec<Result<u32, u32>>>> {
    c.run(move || async move {
        let (start, alive) = (Instant::now(), Arc::default());
        let result = settle(children(&plans, &alive)).await;
        let seen = Seen { result, at: start.elapsed(), alive: alive.load(Ordering::SeqCst) };
        sleep(Duration::from_secs(200)).await;
        seen
    })
}

/// The error that was printed first.
fn first_error<R>(run: &Run<R>) -> u32 {
    let number = |text: &str| text.strip_prefix("Err(")?.strip_suffix(')')?.parse().ok();
    run.recording().lines().iter().find_map(|line| number(&line.text)).unwrap_or_else(|| fail("No future was run."))
}

/// It failed with this error, at that time, and nothing was alive any more.
fn fails(run: &Run<Seen<Result<Vec<u32>, u32>>>, error: u32, seconds: u64) {
    let Seen { result, at, alive } = run.output();
    let due = Duration::from_secs(seconds);
    match result {
        Ok(values) => fail(format!("One of the futures failed, and fail_fast returned Ok({values:?}).")),
        _ if *at > due => fail(format!(
            "The first error was there at {}, and fail_fast returned at {}: it waited for others first.\nLook at each result \
             as it comes, in whatever order. A JoinHandle wraps it once more: Ok(Err(..)) is no error to try_join_all.\n\
             And with more than 30 futures try_join_all takes the results in the order of the list; FuturesUnordered and \
             JoinSet yield them as they are done.",
            duration_text(due),
            duration_text(*at)
        )),
        Err(yours) => expect(*yours == error, &format!("{FIRST_ERROR}\n\nexpected: {error}\nyours:    {yours}")),
    }
    let went_on = run.recording().lines().iter().filter(|line| line.at.time() > due).count();
    if went_on > 0 {
        fail(format!(
            "fail_fast returned the error, and left others running: {went_on} went on to their end.\nA task goes on without its \
             handle. Keep the futures in your own task, where they are dropped with you, or end the tasks before you return."
        ));
    }
    if *alive > 0 {
        fail(format!(
            "Still alive when fail_fast returned: {alive} of the futures. abort, and the end of a JoinSet's scope, only ask a \
             task to end:\nit is gone when the runtime has next got to it. Wait for that: JoinSet::shutdown().await, or await \
             the handles that you have aborted."
        ));
    }
}

#[test]
fn fail_fast_returns_all_the_values() {
    check("fail_fast returns all the values if none fails", |c| {
        let run = fast(c, vec![(2, Ok(20)), (1, Ok(10)), (3, Ok(30)), (0, Ok(0))]);
        let Seen { result, at, .. } = run.output();
        run.overlap(
            run.recording().timers().into_iter().filter(|wait| wait.asked_nanos < Some(200_000_000_000)),
            3,
            IN_TURN,
        );
        expect(*result == Ok(vec![20, 10, 30, 0]), &format!("{IN_ORDER}\n\nyours: {result:?}"));
        expect(*at == secs(3.0), "If none fails, fail_fast takes as long as the longest: three seconds.");
    });
}

#[test]
fn fail_fast_ends_with_the_first_error() {
    check("fail_fast returns the first error at that moment, and ends the others", |c| {
        fails(&fast(c, vec![(0, Ok(0)), (1, Err(10)), (2, Ok(20)), (3, Ok(30))]), 10, 1);
        fails(&fast(c, vec![(5, Ok(50)), (4, Ok(40)), (3, Err(30))]), 30, 3);
    });
}

#[test]
fn fail_fast_with_several_errors() {
    check("of several errors fail_fast returns the one that comes first", |c| {
        fails(&fast(c, vec![(3, Err(30)), (1, Err(10)), (2, Err(20))]), 10, 1);
        fails(&fast(c, vec![(4, Ok(40)), (3, Err(30)), (6, Err(60))]), 30, 3);
    });
}

#[test]
fn fail_fast_at_once() {
    check("fail_fast ends the others even before they have begun", |c| {
        fails(&fast(c, vec![(0, Err(1)), (2, Ok(20)), (3, Ok(30))]), 1, 0);
        fails(&fast(c, vec![(2, Ok(20)), (0, Err(1))]), 1, 0);
    });
}

#[test]
fn fail_fast_of_none_one_and_a_hundred() {
    check("fail_fast with none, with one, with a hundred", |c| {
        let seen = fast(c, vec![]);
        let Seen { result, at, .. } = seen.output();
        expect(*result == Ok(vec![]) && at.is_zero(), "Without futures nothing fails: Ok with no values, at once.");
        let seen = fast(c, vec![(2, Ok(7))]);
        let Seen { result, at, .. } = seen.output();
        expect(*result == Ok(vec![7]) && *at == secs(2.0), "One future has one value.");
        fails(&fast(c, vec![(2, Err(7))]), 7, 2);

        let hundred = |first| (0..100).map(|n| if n == 0 { first } else { (u64::from(11 - n / 10), Ok(n)) }).collect();
        let seen = fast(c, hundred((11, Ok(0))));
        let Seen { result, at, .. } = seen.output();
        expect(*result == Ok((0..100).collect()), IN_ORDER);
        expect(*at == secs(11.0), IN_TURN);
        fails(&fast(c, hundred((1, Err(0)))), 0, 1);
    });
}

#[test]
fn fail_fast_in_the_middle_of_many() {
    check("fail_fast returns the first error at that moment, in the middle of 31 futures or of 257", |c| {
        for count in [31, 257_u32] {
            let middle = count / 2;
            let plans = |failing: &[u32]| {
                let plan = |n| if failing.contains(&n) { (1, Err(n)) } else { (2 + u64::from(n % 3), Ok(n)) };
                (0..count).map(plan).collect()
            };
            fails(&fast(c, plans(&[middle])), middle, 1);
            // Two at one moment: one is the first all the same, and it stays the first while the others are ended.
            let two = fast(c, plans(&[middle, middle + 1]));
            fails(&two, first_error(&two), 1);
        }
    });
}

#[test]
fn a_panic_goes_on() {
    check("a panic of one of the futures goes on through fail_fast and through settle", |c| {
        // The panic is meant. What becomes of the other futures then is not promised here.
        c.allow(Code::W03).allow(Code::W04);
        let children = || {
            let child = async |t: u64| {
                sleep(Duration::from_secs(t)).await;
                assert!(t != 2, "one of the futures panics");
                Ok::<u64, String>(t)
            };
            (1..=3).map(child).collect::<Vec<_>>()
        };
        let idea = "One of the futures panicked, and its place in the list is empty: what is returned then belongs to other \
                    futures than it seems. Let the panic go on: a JoinHandle yields it as an error, and unwrap or expect on \
                    that panics too.";
        let run = c.run(move || async move { AssertUnwindSafe(fail_fast(children())).catch_unwind().await.is_err() });
        run.returns(true, idea);
        let run = c.run(move || async move { AssertUnwindSafe(settle(children())).catch_unwind().await.is_err() });
        run.returns(true, idea);
    });
}

#[test]
fn settle_returns_every_result() {
    check("settle waits for every one and returns every result", |c| {
        let plans = vec![(0, Ok(0)), (1, Err(10)), (3, Ok(30)), (2, Err(20))];
        let run = settled(c, plans.clone());
        let Seen { result, at, .. } = run.output();
        for (seconds, plan) in &plans {
            let due = Duration::from_secs(*seconds);
            match run.recording().time_of(&format!("{plan:?}")) {
                None => {
                    fail("One of the futures failed, and another was dropped for it. settle lets each come to its end.")
                }
                Some(time) => expect(time == due, IN_TURN),
            }
        }
        let expected: Vec<_> = plans.iter().map(|(_, plan)| *plan).collect();
        expect(*result == expected, &format!("{EVERY_RESULT}\n\nexpected: {expected:?}\nyours:    {result:?}"));
        expect(*at == secs(3.0), "settle returns when the last one is done, here after three seconds.");
    });
}

#[test]
fn settle_of_none_one_and_a_hundred() {
    check("settle with none, with one, with a hundred", |c| {
        let seen = settled(c, vec![]);
        expect(seen.output().result.is_empty() && seen.output().at.is_zero(), "Without futures there are no results.");
        let seen = settled(c, vec![(2, Err(7))]);
        expect(seen.output().result == [Err(7)] && seen.output().at == secs(2.0), EVERY_RESULT);

        let result = |n: u32| if n.is_multiple_of(3) { Err(n) } else { Ok(n) };
        let seen = settled(c, (0..100).map(|n| (u64::from(11 - n / 10), result(n))).collect());
        let Seen { result: yours, at, alive } = seen.output();
        expect(*yours == (0..100).map(result).collect::<Vec<_>>(), EVERY_RESULT);
        expect(*at == secs(11.0), IN_TURN);
        expect(*alive == 0, "settle returned before every future was done.");
    });
}

#[test]
fn the_program() {
    check("the program: an error after one second, and every result after three", |c| {
        c.run(program).transcript(
            "program",
            "Under fail_fast nothing is heard after the error; under settle everyone is heard, the slowest after three seconds.",
        );
    });
}
