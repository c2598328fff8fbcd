//! Checks of 05_two_tasks, for the exercise and its solution alike.

use super::*;
use workbook::check::{check, expect, fail, secs};

/// What `print_numbers` prints.
fn numbers() -> impl Iterator<Item = String> {
    (0..10).map(|number| format!("[t2] {number}"))
}

#[test]
fn fetch_data_yields_a_value() {
    check("fetch_data waits for two seconds and yields the data", |c| {
        let run = c.run(fetch_data);
        run.says(["[t1] start fetching", "[t1] done fetching"], "fetch_data says when it starts and when it is done.");
        run.returns(Fetched { data: 1 }, "fetch_data yields the data 1.");
        run.takes(secs(2.0), "fetch_data takes two seconds.");
        run.transcript("fetch_data", "The two seconds lie between start and done.");
    });
}

#[test]
fn print_numbers_pauses() {
    check("print_numbers counts to nine, half a second apart", |c| {
        let run = c.run(print_numbers);
        run.says(numbers(), "print_numbers prints ten numbers, from 0 to 9.");
        run.takes(secs(5.0), "Ten numbers, and half a second after each, the last one too, are five seconds.");
        run.transcript("print_numbers", "Each number is followed by half a second.");
    });
}

#[test]
fn run_lets_both_go_on() {
    check("run lets the numbers go on while it waits for the value", |c| {
        let (fetching, counting) = (c.run(fetch_data), c.run(print_numbers));
        let whole = c.run(run);
        let recording = whole.recording();
        whole
            .nothing_alive("run returned before both were done. A task whose handle nobody awaits is lost at the end.");

        let (Some(start), Some(done)) =
            (recording.time_of("[t1] start fetching"), recording.time_of("[t1] done fetching"))
        else {
            fail("fetch_data did not run to its end: a future does nothing unless it is awaited or spawned.");
        };
        let (Some(first), Some(last)) = (recording.time_of("[t2] 0"), recording.time_of("[t2] 9")) else {
            fail("print_numbers did not run to its end: a future does nothing unless it is awaited or spawned.");
        };
        expect(
            first < done && start < last,
            "The two ran one after the other. To await a handle right where its task is spawned is to wait there: spawn both \
             first, then await.",
        );
        whole.calls(
            &fetching,
            1,
            "run calls fetch_data, once, and leaves it to that to say when it starts and is done.",
        );
        whole.calls(&counting, 1, "run calls print_numbers, once, and leaves it to that to print the numbers.");
        let Some(value) = recording.time_of("[t1] {data: 1}") else {
            fail("run prints the value that fetch_data yields, as [t1] {data: 1}.");
        };
        expect(
            value >= done,
            "The value was printed before it was fetched: it comes out of fetch_data, when that is done.",
        );
        expect(
            value == secs(2.0),
            "The value was there at 2 s and printed later, after something that took longer. Await the fetch by itself and \
             print, while the numbers go on.",
        );
        whole.overlap(recording.timers(), 2, "The two wait side by side.");
        whole.takes(secs(5.0), "Side by side they take as long as the longer of them, five seconds.");
        whole.transcript("run", "The numbers go on while the data is fetched, and after.");
    });
}
