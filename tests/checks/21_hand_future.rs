//! Checks of 21_hand_future, for the exercise and its solution alike.

#[path = "21_hand_future/probes.rs"]
mod probes;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
    sync::{Arc, atomic::Ordering::SeqCst},
    task::{Context, Waker},
    time::Duration,
};

use super::{Countdown, Delay, block_on, program};
use futures::future::join_all;
use probes::{Counts, counted, hears};
use tokio::{
    runtime::Handle,
    time::{Instant, sleep, timeout},
};
use workbook::{
    check::{Checks, check, expect, fail, secs},
    diagnosis::Code,
    recording::duration_text,
};

const NEVER_WOKEN: &str = "Its time was over, and nobody woke the task. A future that says Pending must have left a clone of \
                           cx.waker() with somebody who will wake it: here, with the alarm.";
const EARLY: &str = "Delay was ready before its time. It may be polled at any time and any number of times; only whether the \
                     alarm has rung says whether it is ready.";
const OLD_WAKER: &str = "The future moved to another task, and that one was not woken: the alarm had the waker of an earlier \
                         poll. Store the waker anew in each poll that is Pending.";
const TOO_MANY: &str = "It was polled more often than it was woken. Pending says that another poll is of no use before the \
                        waker is woken.";
const NO_TURN: &str =
    "A poll prints one number and returns Pending, so that others have their turn in between: no loop.";
const FORGOTTEN: &str = "Countdown said Pending, and nobody woke its task. It can go on at once, so it wakes the task itself: \
                         cx.waker().wake_by_ref() before Pending.";
const LOST_WAKE: &str = "The executor slept on though its waker had been woken. A wake may come at any time, also during the \
                         poll, before the thread sleeps: it must not be lost. unpark and park take care of that; a flag does \
                         too.";

/// Awaits a future, and says when it was ready. If nobody wakes it, it is looked at all the same, a minute too late.
async fn ready_at<F: Future>(future: F) -> (Option<F::Output>, Duration) {
    let start = Instant::now();
    let output = timeout(Duration::from_secs(60), future).await.ok();
    (output, start.elapsed())
}

/// Ends the check unless a delay was over after so many seconds.
fn was_ready_at<T>((output, at): &(Option<T>, Duration), expected: f64, late: &str) {
    let idea = if *at < secs(expected) { EARLY } else { late };
    if output.is_none() || *at != secs(expected) {
        fail(format!("{idea}\n\nexpected: {} s\nyours:    {}", expected, duration_text(*at)));
    }
}

#[test]
fn delay_is_ready_on_time() {
    check("Delay is ready when its time is over", |c| {
        for seconds in [2.0, 0.5, 7.0] {
            let counts = Arc::<Counts>::default();
            let counting = Arc::clone(&counts);
            let run = c.run(move || ready_at(counted(Delay::new(secs(seconds)), &counting)));
            was_ready_at(run.output(), seconds, NEVER_WOKEN);
            counts.within_reason(TOO_MANY);
        }
        let run = c.run(|| async {
            let early = Delay::new(secs(1.0));
            sleep(secs(3.0)).await;
            ready_at(early).await
        });
        was_ready_at(
            run.output(),
            0.0,
            "The time of a Delay counts from when it was made: if it is over before the first poll, that poll is Ready.",
        );
    });
}

#[test]
fn delay_is_polled_in_vain() {
    check("Delay stays Pending however often it is polled before its time", |c| {
        let run = c.run(|| async {
            let mut delay = Delay::new(secs(2.0));
            for _ in 0..10 {
                if futures::poll!(&mut delay).is_ready() {
                    return (Some(()), Duration::ZERO);
                }
                sleep(secs(0.1)).await;
            }
            ready_at(delay).await
        });
        was_ready_at(
            run.output(),
            1.0,
            "Delay was ready too late: its time counts from when it was made, not from a poll.",
        );
    });
}

#[test]
fn delay_moves_to_another_task() {
    check("Delay wakes the task that polled it last", |c| {
        let run = c.run(|| async {
            let mut delay = Box::pin(Delay::new(secs(2.0)));
            let _ = timeout(secs(0.5), &mut delay).await;
            tokio::spawn(ready_at(delay)).await.unwrap()
        });
        was_ready_at(run.output(), 1.5, OLD_WAKER);
        let run = c.run(|| async {
            let mut delay = Box::pin(Delay::new(secs(2.0)));
            // A poll whose waker wakes nobody.
            let first = delay.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            expect(first.is_pending(), EARLY);
            ready_at(delay).await
        });
        was_ready_at(run.output(), 2.0, OLD_WAKER);
    });
}

#[test]
fn delays_run_side_by_side() {
    check("delays that are awaited together run side by side", |c| {
        let run = c.run(|| join_all([3.0, 1.0, 2.0, 1.0].map(|seconds| ready_at(Delay::new(secs(seconds))))));
        for (ready, seconds) in run.output().iter().zip([3.0, 1.0, 2.0, 1.0]) {
            was_ready_at(ready, seconds, NEVER_WOKEN);
        }
    });
}

/// The lines that a countdown prints.
fn numbers(name: &str, from: u32) -> Vec<String> {
    (1..=from).rev().map(|left| format!("{name}: {left}")).collect()
}

#[test]
fn countdown_counts() {
    check("Countdown prints a number in each poll, and is ready at zero", |c| {
        for from in [3, 1, 0, 100] {
            let counts = Arc::<Counts>::default();
            let counting = Arc::clone(&counts);
            let mut run = c.run(move || ready_at(counted(Countdown::new("test", from), &counting)));
            let polls = counts.polls.load(SeqCst);
            expect(run.output().1 == Duration::ZERO, FORGOTTEN);
            run.in_order().says(numbers("test", from), "Countdown prints what is left in each poll, down to 1.");
            run.returns((Some("test"), Duration::ZERO), "Countdown is ready with its name when nothing is left.");
            let most = from as usize + 1;
            if polls != most {
                let idea = if polls < most { NO_TURN } else { TOO_MANY };
                fail(format!("{idea}\n\nexpected polls: {most}\nyours:          {polls}"));
            }
            counts.within_reason(TOO_MANY);
        }
    });
}

#[test]
fn countdowns_take_turns() {
    check("two countdowns take turns", |c| {
        let both: Vec<String> = [3, 2, 1].iter().flat_map(|n| [format!("a: {n}"), format!("b: {n}")]).collect();
        let mut run = c.run(|| async {
            let joined = async { tokio::join!(biased; Countdown::new("a", 3), Countdown::new("b", 3)) };
            ready_at(joined).await
        });
        expect(run.output().1 == Duration::ZERO, FORGOTTEN);
        run.in_order().says(both.clone(), NO_TURN);
        let mut run = c.run(|| async {
            let tasks = ["a", "b"].map(|name| tokio::spawn(ready_at(Countdown::new(name, 3))));
            join_all(tasks).await
        });
        run.in_order().says(both, NO_TURN);
    });
}

/// Runs the executor with a future that is woken so many times. Ends the check unless the executor noticed each wake, and
/// polled for no other reason.
fn notices_each_wake(c: &Checks, most: usize, by_thread: bool) {
    let counts = Arc::<Counts>::default();
    let run = c.run_sync(|| hears(most, by_thread, &counts, block_on));
    if let Some(panic) = run.recording().panics.first() {
        fail(format!("Your code panicked at {}:\n{}", panic.line, panic.message));
    }
    expect(*run.output(), LOST_WAKE);
    counts.within_reason(
        "The executor polled without a reason. After Pending the thread sleeps until the waker is woken: a loop that polls on \
         and on takes the whole processor for nothing.",
    );
}

#[test]
fn block_on_returns_the_output() {
    check("block_on polls a future and returns its output", |c| {
        let text = String::from("borrowed");
        let not_send = Rc::new(6);
        c.run_sync(|| block_on(async { (text.len(), *not_send + 1) })).returns((8, 7), "block_on returns the output.");
        let counts = Arc::<Counts>::default();
        let own = c.run_sync(|| {
            block_on(counted(async { futures::executor::enter().is_ok() && !is_inside_a_runtime() }, &counts))
        });
        own.returns(true, "That is an executor out of a crate. Write the loop yourself: poll, park, poll again.");
        let polls = counts.polls.load(SeqCst);
        expect(polls == 1, "A future that is ready in its first poll is polled once, and never again.");
    });
}

/// True within a `block_on` of tokio's, which does not let another begin.
fn is_inside_a_runtime() -> bool {
    Handle::try_current().is_ok_and(|handle| catch_unwind(AssertUnwindSafe(|| handle.block_on(async {}))).is_err())
}

#[test]
fn block_on_sleeps_until_it_is_woken() {
    check("block_on sleeps until it is woken, and polls again", |c| {
        notices_each_wake(c, 3, true);
    });
}

#[test]
fn block_on_loses_no_wake() {
    check("block_on notices a wake that comes during the poll", |c| {
        notices_each_wake(c, 5, false);
    });
}

#[test]
fn the_program() {
    check("the program: the same futures run on our executor and on tokio's", |c| {
        // What goes wrong in there is told below.
        c.allow(Code::W04).allow(Code::W08);
        let run = c.run_sync(|| catch_unwind(program).map_err(drop));
        let panics = &run.recording().panics;
        // A Delay that hands its waiting to tokio's Sleep is right, and needs tokio's timer, which our executor has not.
        if panics.iter().any(|panic| panic.message.contains("no reactor running")) {
            return;
        }
        if let Some(panic) = panics.first() {
            fail(format!("Your code panicked at {}:\n{}", panic.line, panic.message));
        }
        run.transcript("program", "A launch counts down at once, and takes off a second later.");
    });
}
