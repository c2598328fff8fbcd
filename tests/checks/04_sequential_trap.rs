//! Checks of 04_sequential_trap, for the exercise and its solution alike.

use std::time::Duration;

use futures::future::join_all;

use super::*;
use workbook::{
    check::{check, expect, fail, secs},
    recording::{Recording, Wait, duration_text},
};

/// What the four pieces of work come to one after another, by a program of the checks' own.
async fn in_turn() {
    for t in 0..4 {
        work(t).await;
    }
}

/// And all at once.
async fn at_once() {
    join_all((0..4).map(work)).await;
}

/// How many pieces of work had begun before any time had passed.
fn begun_at_once(recording: &Recording) -> usize {
    recording.lines().iter().filter(|line| line.at.nanos == 0 && line.text.ends_with("begins")).count()
}

#[test]
fn one_by_one_is_a_sum() {
    check("one_by_one does the four pieces of work in turn", |c| {
        let reference = c.run(in_turn);
        let mut run = c.run(one_by_one);
        run.calls(&reference, 1, "one_by_one calls work for each t from 0 to 3, once, and awaits what it gets.");
        run.overlap(
            run.recording().sleeps(),
            1,
            "Some of the work ran at the same time. In one_by_one each begins when the one before it is done: await each \
             before you go on to the next.",
        );
        run.takes(secs(6.0), "0 + 1 + 2 + 3 seconds, one after another, are six seconds.");
        run.in_order().transcript("one_by_one", "Each begins when the one before it is done, from t = 0 to t = 3.");
    });
}

#[test]
fn all_together_is_a_maximum() {
    check("all_together does the four pieces of work at once", |c| {
        let reference = c.run(in_turn);
        let run = c.run(all_together);
        let recording = run.recording();
        run.nothing_alive("all_together returned before all the work was done. Await every handle.");
        run.calls(&reference, 1, "all_together calls work for each t from 0 to 3, once, and awaits all four.");
        let idea = "The work was not all begun at once. A future that was built and not polled has not begun, and one await \
                    after another polls one after another. Hand all four to one await, or spawn each.";
        let begun = begun_at_once(recording);
        expect(begun <= 4, "More than four pieces of work were begun: t goes from 0 to 3, and each has one.");
        // A sleep of no time at all may be over before the next one has begun, and is counted by when it began.
        let sleeps: Vec<&Wait> = recording.sleeps().into_iter().filter(|wait| wait.asked_nanos != Some(0)).collect();
        let peak = recording.peak(sleeps.iter().copied());
        expect(
            peak <= 3,
            "Something else waits beside the four pieces of work. Does your code sleep for a guessed time beside the work, \
             instead of awaiting the work itself?",
        );
        if begun < 4 && peak > 1 {
            fail(format!(
                "{idea}\n\nexpected to begin at 0 s: 4\nyours:                    {begun}\n\ntook: {}",
                duration_text(recording.elapsed())
            ));
        }
        let idea = format!("{idea} (Three of the four are counted here: the work with t = 0 takes no time.)");
        run.overlap(sleeps, 3, &idea);
        run.takes(secs(3.0), "All four at once take as long as the longest: three seconds.");
        run.transcript("all_together", "All four begin at 0 s, and each is done after its own time.");
    });
}

#[test]
fn predict_is_a_forecast() {
    check("predict says what both will take", |c| {
        let forecast = c.run_sync(predict);
        let recording = forecast.recording();
        expect(
            recording.tasks.is_empty() && recording.prints.is_empty() && recording.blocks.is_empty(),
            "predict ran something. A forecast is made before: write down two numbers.",
        );
        let (apart, together) = *forecast.output();
        let (in_turn, at_once) = (c.run(in_turn), c.run(at_once));
        let compare = |name: &str, forecast: u64, recording: &Recording, idea: &str| {
            let measured = recording.elapsed();
            if Duration::from_secs(forecast) != measured {
                let measured = duration_text(measured);
                fail(format!("{idea}\n\nforecast for {name}: {forecast} s\nmeasured: {measured}"));
            }
        };
        compare(
            "one_by_one",
            apart,
            in_turn.recording(),
            "An await in a loop adds up: each wait begins when the one before it is over.",
        );
        compare(
            "all_together",
            together,
            at_once.recording(),
            "Waits that go on together are over when the longest of them is.",
        );
    });
}
