//! Checks of 17_shared_tally, for the exercise and its solution alike.

use super::*;
use workbook::check::{check, expect, secs};

const IN_TURN: &str = "The boxes were not fetched at the same time. Every box has a wait of its own, and the lock is held by \
                       nobody who waits: sleep first, and lock the tally only while you add.";
const EXACT: &str = "Votes were lost, or counted twice. What is read of the tally in one lock and written back in another \
                     overwrites what others have added meanwhile: lock once, and add while you hold the lock.";
const LOST: &str = "tally returned before all the boxes were counted: a task that nobody awaits is lost.";

/// What a count by one person comes to.
fn by_hand(boxes: &[Vec<&'static str>]) -> Tally {
    let mut total = Tally::new();
    boxes.iter().flatten().for_each(|name| *total.entry(*name).or_default() += 1);
    total
}

/// So many boxes with so many votes each. Every vote is for one of `CANDIDATES`: nobody can vote for anyone else.
fn boxes(boxes: usize, votes: usize) -> Vec<Vec<&'static str>> {
    (0..boxes).map(|nth| (0..votes).map(|vote| CANDIDATES[(nth + vote) % CANDIDATES.len()]).collect()).collect()
}

#[test]
fn every_vote_counts() {
    check("every vote is counted once", |c| {
        let (ada, edsger, grace) = (CANDIDATES[0], CANDIDATES[1], CANDIDATES[2]);
        let mixed = || vec![vec![ada, edsger, ada], vec![edsger], vec![], vec![grace, ada]];
        for boxes in [mixed(), boxes(100, 1), boxes(100, 30)] {
            let expected = by_hand(&boxes);
            let run = c.run(move || tally(boxes, secs(1.0)));
            run.nothing_alive(LOST);
            run.returns(expected, EXACT);
        }
    });
}

#[test]
fn the_waits_overlap() {
    check("a hundred boxes are fetched as fast as one", |c| {
        let run = c.run(|| tally(boxes(100, 3), secs(1.0)));
        run.overlap(run.recording().timers(), 100, IN_TURN);
        run.takes(secs(1.0), "A hundred boxes at the same time take as long as one: a single wait for each box.");
    });
}

#[test]
fn it_takes_as_long_as_it_is_told() {
    check("to fetch a box takes as long as the pause says", |c| {
        for pause in [0.25, 2.0] {
            let run = c.run(move || tally(boxes(3, 2), secs(pause)));
            run.takes(secs(pause), "To fetch a box takes `pause`, and all are fetched at the same time.");
        }
    });
}

#[test]
fn none_and_one() {
    check("no box, one box, and boxes without a vote", |c| {
        let none = c.run(|| tally(Vec::new(), secs(1.0)));
        none.returns(Tally::new(), "Without boxes there is nothing to count.");
        none.takes(secs(0.0), "Without boxes there is nothing to wait for.");
        let one = c.run(|| tally(vec![vec![CANDIDATES[2]]], secs(1.0)));
        one.returns(Tally::from([(CANDIDATES[2], 1)]), EXACT);
        one.takes(secs(1.0), "A single box is fetched, too.");
        let empty = c.run(|| tally(vec![vec![]; 5], secs(1.0)));
        empty.returns(Tally::new(), "Nobody gets a vote from an empty box.");
        empty.takes(secs(1.0), "That a box is empty shows only when it is there.");
    });
}

#[test]
fn several_threads() {
    check("the tally is exact on several threads, too", |c| {
        let run = c.run_on_threads(4, || tally(boxes(100, 3), secs(0.005)));
        expect(
            *run.output() == by_hand(&boxes(100, 3)),
            &format!("{EXACT}\n\nOther threads add at the very same moment."),
        );
    });
}

#[test]
fn the_program() {
    check("the program: three thousand votes in one second", |c| {
        let run = c.run(program);
        run.overlap(run.recording().timers(), 100, IN_TURN);
        run.transcript("program", "The program counts the votes of a hundred boxes, and says how long it took.");
    });
}
