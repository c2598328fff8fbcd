//! Checks of 07_gather_ordered, for the exercise and its solution alike.

use super::*;
use workbook::check::{check, expect, secs};

const IN_TURN: &str = "The futures ran one after another: each began when the one before it had ended. A future does nothing \
                       until it is polled, so hand them all to one await, or spawn them all before the first is awaited.";
const OUT_OF_ORDER: &str = "The results come in the order of the futures, whatever finishes first. What is collected on \
                            completion has to find its way back to the place of its future.";

/// Waits for so many seconds, prints the value, and returns it.
async fn nap(seconds: usize, value: usize) -> usize {
    tokio::time::sleep(secs(seconds as f64)).await;
    workbook::println!("{value}");
    value
}

#[test]
fn the_results_come_in_input_order() {
    check("the results come back in the order of the futures", |c| {
        let run = c.run(|| gather(vec![go(2, "hello"), go(1, "world")]));
        run.returns(vec!["hello(2)".to_string(), "world(1)".to_string()], OUT_OF_ORDER);
        let run = c.run(|| gather(vec![nap(3, 0), nap(1, 1), nap(4, 2), nap(1, 3), nap(5, 4), nap(2, 5)]));
        run.returns(vec![0, 1, 2, 3, 4, 5], OUT_OF_ORDER);
    });
}

#[test]
fn the_futures_run_at_the_same_time() {
    check("the futures run at the same time", |c| {
        let run = c.run(|| gather(vec![go(2, "hello"), go(1, "world")]));
        run.overlap(run.recording().sleeps(), 2, IN_TURN);
        run.takes(secs(2.0), "Together they take as long as the slowest of them.");
        run.transcript("gather", "world is done at 1 s, hello at 2 s.");
    });
}

#[test]
fn nothing_to_gather() {
    check("nothing to gather gives nothing, at once", |c| {
        let run = c.run(|| gather(Vec::<std::future::Ready<usize>>::new()));
        run.returns(vec![], "Without futures there are no results.");
        run.takes(secs(0.0), "Without futures there is nothing to wait for.");
    });
}

#[test]
fn one_future() {
    check("a single future gives a single result", |c| {
        let run = c.run(|| gather(vec![nap(2, 7)]));
        run.returns(vec![7], "One future has one result.");
        run.takes(secs(2.0), "One future takes as long as it takes.");
    });
}

#[test]
fn a_hundred_futures() {
    check("a hundred futures take as long as the slowest", |c| {
        // The last one is done first.
        let run = c.run(|| gather((0..100).map(|value| nap(100 - value, value)).collect()));
        run.overlap(run.recording().sleeps(), 100, IN_TURN);
        run.takes(secs(100.0), "A hundred futures at the same time take as long as the slowest of them.");
        let printed: Vec<String> = run.recording().lines().into_iter().map(|line| line.text).collect();
        let reversed: Vec<String> = (0..100).rev().map(|value| value.to_string()).collect();
        expect(printed == reversed, "The hundred futures are done in the order of their waits: the last one first.");
        run.returns((0..100).collect(), OUT_OF_ORDER);
    });
}

#[test]
fn the_program() {
    check("the program: world is done first, hello comes first", |c| {
        c.run(main_async).transcript("main_async", "One gather over both takes two seconds and returns hello first.");
    });
}
