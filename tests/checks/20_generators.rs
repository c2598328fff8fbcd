//! Checks of 20_generators, for the exercise and its solution alike.

use std::{cell::Cell, iter};

use super::*;
use workbook::check::{check, expect, fail};

const ONE_GENERATOR: &str = "The three numbers come after the one that was discarded, out of the same generator: it remembers \
                             where it stopped. A new one begins with 9. Lend one generator to both: `&mut numbers`.";

/// Numbers of which somebody counts how many are taken. There are a thousand more than were given.
fn counted(numbers: &[u32], taken: &Cell<usize>) -> impl Iterator<Item = u32> {
    numbers.iter().copied().chain(iter::repeat_n(1, 1000)).inspect(|_| taken.set(taken.get() + 1))
}

/// So many numbers were taken, and no more.
fn takes(taken: &Cell<usize>, expected: usize, idea: &str) {
    if taken.get() != expected {
        fail(format!("{idea}\n\nexpected to be taken: {expected}\nyours took:           {}", taken.get()));
    }
}

#[test]
fn endless_counts_down_for_ever() {
    check("endless yields 9 8 7 6, and then 9 again, without end", |c| {
        let run = c.run_sync(|| endless().take(1000).collect::<Vec<u32>>());
        let yielded = run.output();
        if yielded.iter().take(4).ne(&[9, 8, 7, 6]) {
            let first: Vec<String> = yielded.iter().take(6).map(u32::to_string).collect();
            fail(format!("The first four are 9 8 7 6.\n\nyours: {}", first.join(" ")));
        }
        expect(
            yielded.len() == 1000,
            "The generator came to an end: it yielded None. After 6 it begins again with 9, as often as it is asked.",
        );
        expect(yielded.chunks(4).all(|four| four == [9, 8, 7, 6]), "After 6 comes 9 again, each time.");
    });
}

#[test]
fn each_generator_has_its_own_state() {
    check("each generator remembers its own place", |c| {
        let run = c.run_sync(|| {
            let (mut one, mut other) = (endless(), endless());
            let first: Vec<u32> = one.by_ref().take(3).collect();
            let second: Vec<u32> = other.by_ref().take(2).collect();
            [first, second, one.take(2).collect(), other.take(1).collect()]
        });
        run.returns(
            [vec![9, 8, 7], vec![9, 8], vec![6, 9], vec![7]],
            "Two generators were asked in turn, and one changed the other. What a generator remembers is in itself, not in a \
             place that all share.",
        );
    });
}

#[test]
fn add_up_stops_at_forty() {
    check("add_up adds while the total is below forty", |c| {
        // The numbers, what is to be printed, and how many are taken for it.
        let scenes: [(&[u32], [&str; 2], usize); 5] = [
            (&[9, 8, 7, 6, 9, 8, 7, 6], ["09/09 08/17 07/24 06/30 09/39 08/47 ", "discarding 7"], 7),
            (&[20, 20, 3], ["20/20 20/40 ", "discarding 3"], 3),
            (&[39, 50, 4], ["39/39 50/89 ", "discarding 4"], 3),
            (&[40, 2], ["40/40 ", "discarding 2"], 2),
            (&[0, 0, 99, 5], ["00/00 00/00 99/99 ", "discarding 5"], 4),
        ];
        for (numbers, expected, needed) in scenes {
            let taken = Cell::new(0);
            let mut run = c.run_sync(|| add_up(&mut counted(numbers, &taken)));
            let idea = "Each number is added and shown with the total after it, for as long as the total before it is below \
                        40. The next one is discarded.";
            run.in_order().says(expected, idea);
            takes(
                &taken,
                needed,
                "add_up takes what it needs and no more: those that it adds, and the one that it discards. The rest stays in \
                 the generator.",
            );
        }
    });
}

#[test]
fn numbers_may_come_to_an_end() {
    check("add_up ends its line where the numbers end before", |c| {
        let mut run = c.run_sync(|| add_up(&mut [9, 8].into_iter()));
        run.in_order()
            .says(["09/09 08/17 "], "When there are no more numbers, nothing is discarded, and the line ends.");
        c.run_sync(|| add_up(&mut iter::empty())).says([""], "Without any number the line is empty.");
    });
}

#[test]
fn three_more_takes_three() {
    check("three_more takes three numbers and leaves the rest", |c| {
        for (numbers, expected) in [([6, 9, 8, 7], "6 9 8"), ([10, 0, 2, 3], "10 0 2")] {
            let taken = Cell::new(0);
            let run = c.run_sync(|| three_more(&mut counted(&numbers, &taken)));
            run.says([expected], "three_more prints the next three numbers, in one line.");
            takes(&taken, 3, "three_more takes three numbers. A fourth one would be lost to whoever asks next.");
        }
    });
}

#[test]
fn run_goes_on_with_the_same_generator() {
    check("run lends one generator to both", |c| {
        let added = c.run_sync(|| add_up(&mut endless()));
        let three = c.run_sync(|| three_more(&mut [6, 9, 8].into_iter()));
        let mut whole = c.run_sync(run);
        whole.calls(&added, 1, "run calls add_up, once, and leaves the printing to it.");
        let last = whole.recording().lines().last().map(|line| line.text.clone()).unwrap_or_default();
        expect(last != "9 8 7", ONE_GENERATOR);
        whole.in_order().says(
            ["09/09 08/17 07/24 06/30 09/39 08/47 ", "discarding 7", "6 9 8"],
            "After the sum and the discarded number come three more numbers.",
        );
        whole.calls(&three, 1, "run calls three_more, once, and leaves the printing to it.");
    });
}
