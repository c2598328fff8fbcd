//! Checks of 23_async_iterator, for the exercise and its solution alike.

use std::{
    pin::{Pin, pin},
    task::Context,
    time::Duration,
};

use super::{Counter, program};
use futures::{Stream, StreamExt, future::join_all};
use tokio::time::{Instant, sleep, timeout};
use workbook::{
    check::{check, expect, fail, secs},
    diagnosis::Code,
    recording::duration_text,
};

const SLEEPS: &str = "Before each number the stream sleeps for so many seconds, from when the number is asked for.";
const NOT_KEPT: &str = "A number was not there on time. The sleep before it is made once, kept in the Counter, and polled with \
                        cx in each poll until it is over: one that is made in each poll begins anew each time.";
const FUSED: &str =
    "After the last number each poll gives None at once, without another sleep, and nothing begins again.";
const LAZY: &str =
    "The stream did something before anybody asked for a number. Its sleep begins in the poll that asks.";
const DROPPED: &str = "The stream was dropped, and went on all the same: its sleep belongs into the Counter.";
const WAKER: &str = "The stream moved to another task, and that one was not woken. Poll the sleep in each poll, with cx: so it \
                     learns whom to wake.";

/// What a pull gave, and when.
type Pulled = (Duration, Option<u64>);

/// Pulls up to the end, or so many times, and pauses after each. One pull gets a minute.
async fn pull(stream: impl Stream<Item = u64>, most: usize, pause: Duration) -> Vec<Pulled> {
    let start = Instant::now();
    let mut stream = pin!(stream);
    let mut pulled = Vec::new();
    while pulled.len() < most {
        let item = timeout(Duration::from_secs(60), stream.next()).await.unwrap_or_default();
        pulled.push((start.elapsed(), item));
        if item.is_none() {
            break;
        }
        sleep(pause).await;
    }
    pulled
}

/// The numbers of a counter and its end, each at its time.
fn numbers(end: u64, pause: Duration) -> Vec<Pulled> {
    let at = |number: u64| Duration::from_secs(number * (number + 1) / 2) + pause * number as u32;
    let last = end.checked_sub(1).map_or(Duration::ZERO, |last| at(last) + pause);
    (0..end).map(|number| (at(number), Some(number))).chain([(last, None)]).collect()
}

/// Ends the check unless these numbers came at these times.
fn compare(pulled: &[Pulled], expected: &[Pulled], idea: &str) {
    let text = |pulled: &[Pulled]| {
        let name = |item: Option<u64>| item.map_or("None".to_string(), |number| number.to_string());
        pulled
            .iter()
            .map(|(at, item)| format!("{} at {}", name(*item), duration_text(*at)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let all_but_the_end =
        |pulled: &[Pulled]| pulled.iter().copied().filter(|(_, item)| item.is_some()).collect::<Vec<_>>();
    let idea = if all_but_the_end(pulled) == all_but_the_end(expected) { FUSED } else { idea };
    if pulled != expected {
        fail(format!("{idea}\n\nexpected: {}\nyours:    {}", text(expected), text(pulled)));
    }
}

/// The lines that a counter prints.
fn lines(end: u64) -> impl Iterator<Item = String> {
    (0..end).map(|number| format!("> task done with [ counter = {number} ]"))
}

#[test]
fn counter_sleeps_before_each_number() {
    check("Counter sleeps for 0, 1, 2, 3 seconds before its numbers", |c| {
        for end in [4, 0, 1, 11] {
            let mut run = c.run(move || pull(Counter::new(end), usize::MAX, Duration::ZERO));
            let stuck = run.output().last().is_some_and(|(at, _)| *at >= Duration::from_secs(60));
            compare(run.output(), &numbers(end, Duration::ZERO), if stuck { NOT_KEPT } else { SLEEPS });
            run.in_order().says(lines(end), "Each number is printed, in one line.");
            let printed: Vec<_> = run.recording().lines().iter().map(|line| line.at.time()).collect();
            let yielded: Vec<_> = numbers(end, Duration::ZERO).iter().map(|(at, _)| *at).take(end as usize).collect();
            expect(printed == yielded, "Each number is printed when its sleep is over, in the poll that yields it.");
            let timers = run.recording().timers();
            expect(run.recording().peak(timers) <= 1, "A stream is not concurrent: one sleep begins after the other.");
            run.nothing_alive(DROPPED);
        }
    });
}

#[test]
fn counter_keeps_its_sleep() {
    check("Counter keeps its sleep, however often it is polled", |c| {
        // What else the task waits for wakes it ten times a second, and join! then polls both.
        let run = c.run(|| async {
            let ticks = async {
                for _ in 0..100 {
                    sleep(secs(0.1)).await;
                }
            };
            tokio::join!(pull(Counter::new(4), usize::MAX, Duration::ZERO), ticks).0
        });
        compare(run.output(), &numbers(4, Duration::ZERO), NOT_KEPT);
        run.says(lines(4), "Each number is printed once, when its sleep is over.");
        // A pull that is given up is gone on with by the next.
        let run = c.run(|| async {
            let mut counter = Box::pin(Counter::new(4));
            let _ = pull(&mut counter, 2, Duration::ZERO).await;
            for _ in 0..3 {
                let _ = timeout(secs(0.5), counter.next()).await;
            }
            pull(counter, 1, Duration::ZERO).await
        });
        compare(run.output(), &[(secs(0.5), Some(2))], NOT_KEPT);
    });
}

#[test]
fn counter_stays_at_its_end() {
    check("after its end Counter gives None for ever", |c| {
        for end in [3, 0] {
            let run = c.attempt(move || async move {
                let mut counter = Box::pin(Counter::new(end));
                let first = pull(&mut counter, usize::MAX, Duration::ZERO).await;
                let mut further = Vec::new();
                for _ in 0..4 {
                    further.extend(pull(&mut counter, usize::MAX, Duration::ZERO).await);
                    sleep(secs(1.0)).await;
                }
                (first, further)
            });
            let run = run.without_panic(FUSED);
            compare(&run.output().0, &numbers(end, Duration::ZERO), SLEEPS);
            compare(&run.output().1, &[(Duration::ZERO, None); 4], FUSED);
            run.says(lines(end), FUSED);
        }
    });
}

#[test]
fn counter_waits_to_be_asked() {
    check("between two pulls Counter stands still", |c| {
        let run = c.run(|| async {
            let counter = Counter::new(4);
            sleep(secs(10.0)).await;
            pull(counter, usize::MAX, secs(5.0)).await
        });
        compare(run.output(), &numbers(4, secs(5.0)), LAZY);
        let run = c.run(|| async {
            let counter = Counter::new(4);
            sleep(secs(10.0)).await;
            drop(counter);
        });
        expect(run.recording().prints.is_empty() && run.recording().timers().len() == 1, LAZY);
    });
}

#[test]
fn counter_stops_when_dropped() {
    check("a Counter that is dropped does nothing any more", |c| {
        // Whatever it drops with itself is dropped on purpose.
        c.allow(Code::W03);
        let run = c.run(|| async {
            let _ = timeout(secs(4.0), pull(Counter::new(10), usize::MAX, Duration::ZERO)).await;
            sleep(secs(60.0)).await;
        });
        run.says(lines(3), DROPPED);
        let after = run.recording().waits.iter().filter(|wait| wait.end.is_none_or(|end| end.at.time() > secs(4.0)));
        expect(after.count() == 1, DROPPED);
        let run = c.run(|| pull(Counter::new(10), 3, Duration::ZERO));
        run.nothing_alive(DROPPED);
    });
}

#[test]
fn counter_moves_to_another_task() {
    check("Counter wakes the task that polled it last", |c| {
        let run = c.run(|| async {
            let mut counter = Box::pin(Counter::new(4));
            let _ = pull(&mut counter, 2, Duration::ZERO).await;
            let _ = timeout(secs(0.5), counter.next()).await;
            let first = Pin::new(&mut counter).poll_next(&mut Context::from_waker(std::task::Waker::noop()));
            expect(first.is_pending(), NOT_KEPT);
            tokio::spawn(pull(counter, usize::MAX, Duration::ZERO)).await.unwrap()
        });
        compare(run.output(), &[(secs(1.5), Some(2)), (secs(4.5), Some(3)), (secs(4.5), None)], WAKER);
    });
}

#[test]
fn counters_count_side_by_side() {
    check("two counters that are read at the same time count side by side", |c| {
        let run = c.run(|| join_all([4, 3].map(|end| pull(Counter::new(end), usize::MAX, Duration::ZERO))));
        for (pulled, end) in run.output().iter().zip([4, 3]) {
            compare(pulled, &numbers(end, Duration::ZERO), SLEEPS);
        }
    });
}

#[test]
fn the_program() {
    check("the program: a loop over the counter takes six seconds", |c| {
        c.run(program).transcript("program", "0 + 1 + 2 + 3 seconds are six, and each number comes at its own time.");
    });
}
