//! Checks of 08_makerandom, for the exercise and its solution alike.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::*;
use workbook::check::{Run, check, expect, secs};

const TOO_LOW: &str = "A number will do only if it is above the threshold: one that equals it is too low.";
const PAUSE: &str = "After each number that is too low, worker idx waits for idx + 1 seconds, and only then.";
const IN_TURN: &str = "The workers ran one after another: one began only when another was done. Call makerandom three times, \
                       and hand the three futures to one await.";

/// These numbers, and then one that is always high enough. Counts how many were drawn.
fn script(numbers: &[u32], drawn: &Arc<AtomicUsize>) -> impl Iterator<Item = u32> + Send + use<> {
    let drawn = Arc::clone(drawn);
    let numbers = numbers.to_vec();
    numbers.into_iter().chain(std::iter::repeat(10)).inspect(move |_| {
        drawn.fetch_add(1, Ordering::SeqCst);
    })
}

/// What each worker draws: one pause of 1 s, two of 2 s, two of 3 s.
fn scripts(idx: usize) -> impl Iterator<Item = u32> + Send + use<> {
    script([&[9_u32, 10][..], &[8, 0, 9], &[7, 3, 8]][idx], &Arc::default())
}

#[test]
fn makerandom_draws_until_it_is_high_enough() {
    check("makerandom draws until a number is above the threshold", |c| {
        let drawn = Arc::new(AtomicUsize::new(0));
        let numbers = script(&[3, 6, 0, 7, 9], &drawn);
        let mut run = c.run(move || makerandom(0, 6, numbers));
        run.says(
            [
                "Initiated makerandom(0).",
                "makerandom(0) == 3 too low; retrying.",
                "makerandom(0) == 6 too low; retrying.",
                "makerandom(0) == 0 too low; retrying.",
                "---> Finished: makerandom(0) == 7",
            ],
            TOO_LOW,
        );
        run.returns(7, "makerandom returns the number that was high enough.");
        run.takes(secs(3.0), PAUSE);
        run.in_order().transcript("makerandom", PAUSE);
        let drawn = drawn.load(Ordering::SeqCst);
        expect(drawn == 4, &format!("Four numbers were enough, and makerandom drew {drawn}: draw one at a time."));
    });
}

#[test]
fn the_pause_grows_with_idx() {
    check("worker idx pauses for idx + 1 seconds", |c| {
        for (idx, pause) in [(1, 2.0), (2, 3.0)] {
            let numbers = script(&[1, 2, 8], &Arc::default());
            let run = c.run(move || makerandom(idx, 5, numbers));
            run.takes(secs(2.0 * pause), PAUSE);
            run.returns(8, TOO_LOW);
        }
    });
}

#[test]
fn a_first_number_that_will_do() {
    check("a first number that is high enough needs no pause", |c| {
        let numbers = script(&[1], &Arc::default());
        let run = c.run(move || makerandom(2, 0, numbers));
        run.returns(1, "The threshold is the one that was given: 1 is above 0.");
        run.takes(secs(0.0), PAUSE);
        run.says(["Initiated makerandom(2).", "---> Finished: makerandom(2) == 1"], TOO_LOW);
    });
}

#[test]
fn main_async_runs_them_at_once() {
    check("main_async runs the three at once, each at its own pace", |c| {
        let run = c.run(|| main_async(scripts));
        let recording = run.recording();
        run.nothing_alive("main_async returned before its workers were done: a task that nobody awaits is lost.");
        run.returns(
            [10, 9, 8],
            "The three numbers come in the order of the workers; worker idx has the threshold 10 - idx - 1, and draws from \
             draws(idx).",
        );
        run.overlap(recording.timers(), 3, IN_TURN);
        run.takes(secs(6.0), "Together they take as long as the slowest: worker 2, with two pauses of three seconds.");
        run.transcript(
            "main_async",
            "Each worker draws again as soon as its own pause is over: nobody waits for anybody else.",
        );
    });
}

#[test]
fn every_worker_has_its_colour() {
    check("every worker prints in a colour of its own", |c| {
        colored::control::set_override(true);
        let run = c.run(|| main_async(scripts));
        colored::control::unset_override();
        let colours: Vec<BTreeSet<String>> = (0..3).map(|idx| colours_of(&run, idx)).collect();
        let one_each = colours.iter().all(|colours| colours.len() == 1 && !colours.contains(""));
        expect(one_each, "Every line of a worker is in its colour, COLOURS[idx]: text.color(COLOURS[idx]).");
        let different: BTreeSet<&BTreeSet<String>> = colours.iter().collect();
        expect(different.len() == 3, "Each of the three workers has another colour, COLOURS[idx].");
    });
}

/// The colours of the lines of a worker; an empty text stands for none.
fn colours_of<T>(run: &Run<T>, idx: usize) -> BTreeSet<String> {
    let name = format!("makerandom({idx})");
    let lines = run.recording().prints.iter().filter(|print| print.text.contains(&name));
    let colour = |text: &str| Some(text.strip_prefix("\u{1b}[")?.split_once('m')?.0.to_string());
    lines.map(|print| colour(&print.text).unwrap_or_default()).collect()
}

#[test]
fn the_program() {
    check("the program: the same numbers at each run, whoever draws first", |c| {
        let run = c.run(|| main_async(draws));
        let numbers = *run.output();
        for (idx, number) in numbers.into_iter().enumerate() {
            let alone = c.run(move || makerandom(idx, 10 - idx as u32 - 1, draws(idx)));
            alone
                .returns(number, "A worker draws the same numbers alone as beside the others: each has its own draws.");
        }
        c.run(program)
            .transcript("program", "The three run at once, and the program says what they drew and how long it took.");
    });
}
