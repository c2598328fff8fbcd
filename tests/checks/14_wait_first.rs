//! Checks of 14_wait_first, for the exercise and its solution alike.

use std::time::Duration;

use super::*;
use tokio::{
    task::JoinError,
    time::{Instant, sleep},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::duration_text,
};

const EARLIEST: &str =
    "wait_first returns what is done first, wherever it stands in the list, and returns as soon as it is.";
const GO_ON: &str = "The first one is done, and the others go on: each is done after its own time, whatever the caller does \
                     meanwhile.";
const ALL_LEFT: &str =
    "wait_all waits for every one of the others, and returns what each of them yielded: no more and no less.";
const PANICKED: &str = "A future that panics is done as well. wait_first and wait_all hand on its error: they neither wait for \
                        a better one, nor leave it out.";
const THROUGH: &str = "The panic of one future went on through your function. A task keeps its panic to itself: its handle \
                       yields an Err.\nunwrap makes a new panic of that. Hand the Result on as it is.";

/// Seconds and names of some naps.
type Naps = &'static [(u64, &'static str)];

/// The name of a nap that ends in a panic.
const NIGHTMARE: &str = "nightmare";

/// Sleeps for so many seconds, says its name, and returns it.
async fn nap(seconds: u64, name: &'static str) -> &'static str {
    sleep(Duration::from_secs(seconds)).await;
    assert!(name != NIGHTMARE, "{NIGHTMARE}");
    workbook::println!("{name}");
    name
}

/// What became of a task: what it yielded, or why it yielded nothing.
type Fate<T> = Result<T, &'static str>;

fn fate<T>(result: Result<T, JoinError>) -> Fate<T> {
    result.map_err(|error| if error.is_panic() { "panicked" } else { "cancelled" })
}

/// What the first one yielded, and when it was handed out.
type First<T> = (Fate<T>, Duration);

/// Runs `wait_first`, and lets ten seconds pass before the others are let go.
fn first_of(c: &Checks, naps: Naps) -> Run<First<&'static str>> {
    // Whether somebody noticed a panic shows in the result.
    c.allow(Code::W04);
    let run = c.attempt(move || async move {
        let start = Instant::now();
        let (first, pending) = wait_first(naps.iter().map(|(seconds, name)| nap(*seconds, name)).collect()).await;
        let at = start.elapsed();
        sleep(Duration::from_secs(10)).await;
        drop(pending);
        (fate(first), at)
    });
    run.without_panic(THROUGH)
}

/// What the others yielded, sorted, and when `wait_all` returned.
type Rest<T> = (Vec<Fate<T>>, Duration);

/// Runs both, with a pause of so many seconds between them. Whoever is left behind has time to end by himself.
fn rest_of(c: &Checks, naps: Naps, pause: u64) -> Run<(First<&'static str>, Rest<&'static str>)> {
    c.allow(Code::W04);
    let run = c.attempt(move || async move {
        let start = Instant::now();
        let (first, pending) = wait_first(naps.iter().map(|(seconds, name)| nap(*seconds, name)).collect()).await;
        let first = (fate(first), start.elapsed());
        sleep(Duration::from_secs(pause)).await;
        let mut rest: Vec<_> = wait_all(pending).await.into_iter().map(fate).collect();
        rest.sort_unstable();
        let at = start.elapsed();
        sleep(Duration::from_secs(10)).await;
        (first, (rest, at))
    });
    run.without_panic(THROUGH)
}

/// Every nap says its name after its own time, but the nightmares.
fn all_go_on<T>(run: &Run<T>, naps: &[(u64, &str)]) {
    for (seconds, name) in naps.iter().filter(|(_, name)| *name != NIGHTMARE) {
        let expected = Duration::from_secs(*seconds);
        match run.recording().time_of(name) {
            Some(time) if time == expected => {}
            None => fail(format!(
                "{GO_ON}\n\nThe one of {seconds} s was never done. A future that nobody polls stands still, and one that is \
                 dropped ends there.\nA task moves by itself; only abort, or a JoinSet that goes out of scope, ends it. Spawn a \
                 task for each, wait for the first of the handles, and keep the others."
            )),
            Some(time) => fail(format!(
                "{GO_ON}\n\nThe one of {seconds} s was done at {}. A future moves only while somebody polls it, a task moves \
                 by itself: spawn each before you wait for the first.",
                duration_text(time)
            )),
        }
    }
}

#[test]
fn the_first_is_the_one_done_first() {
    check("wait_first returns what is done first, at that moment", |c| {
        let scenes: [(Naps, &str, u64); 4] = [
            (&[(3, "a"), (1, "b"), (2, "c")], "b", 1),
            (&[(2, "a"), (5, "b")], "a", 2),
            (&[(6, "a"), (5, "b"), (4, "c"), (3, "d")], "d", 3),
            (&[(1, "a"), (0, "b")], "b", 0),
        ];
        for (naps, first, seconds) in scenes {
            first_of(c, naps).returns((Ok(first), Duration::from_secs(seconds)), EARLIEST);
        }
    });
}

#[test]
fn the_others_go_on() {
    check("the others go on while nobody waits for them", |c| {
        let scenes: [Naps; 3] = [
            &[(3, "a"), (1, "b"), (2, "c")],
            &[(2, "a"), (4, "b"), (6, "c"), (8, "d")],
            &[(5, "a"), (5, "b"), (1, "c")],
        ];
        for naps in scenes {
            let run = first_of(c, naps);
            all_go_on(&run, naps);
            run.takes(run.output().1 + secs(10.0), EARLIEST);
        }
    });
}

#[test]
fn a_panic_counts_as_done() {
    check("a future that panics is done, and its error is handed on", |c| {
        first_of(c, &[(3, "a"), (1, "b"), (2, "c")]).returns((Ok("b"), secs(1.0)), EARLIEST);
        let naps = &[(3, "a"), (1, NIGHTMARE), (2, "c")];
        let run = first_of(c, naps);
        run.returns((Err("panicked"), secs(1.0)), PANICKED);
        all_go_on(&run, naps);
    });
}

#[test]
fn wait_all_waits_for_the_rest() {
    check("wait_all waits for all the others", |c| {
        let naps = &[(4, "a"), (1, "b"), (2, "c"), (3, "d")];
        let run = rest_of(c, naps, 0);
        all_go_on(&run, naps);
        let (first, (rest, at)) = run.output();
        expect(*first == (Ok("b"), secs(1.0)), EARLIEST);
        expect(*rest == [Ok("a"), Ok("c"), Ok("d")], &said(ALL_LEFT, rest));
        expect(
            *at == secs(4.0),
            "wait_all returns when the last of the others is done, here after four seconds in all.",
        );
    });
}

#[test]
fn nothing_is_lost_meanwhile() {
    check("what the others yield is kept until somebody asks", |c| {
        let naps = &[(4, "a"), (1, "b"), (2, "c"), (9, "d")];
        let run = rest_of(c, naps, 5);
        all_go_on(&run, naps);
        let (first, (rest, at)) = run.output();
        expect(*first == (Ok("b"), secs(1.0)), EARLIEST);
        expect(*rest == [Ok("a"), Ok("c"), Ok("d")], &said(ALL_LEFT, rest));
        expect(*at == secs(9.0), "wait_all waits for those that are not done yet, and only for them.");
        let (_, (rest, at)) = rest_of(c, naps, 20).output().clone();
        expect(rest == [Ok("a"), Ok("c"), Ok("d")], &said(ALL_LEFT, &rest));
        expect(at == secs(21.0), "All the others were done long ago: wait_all has nothing to wait for.");
    });
}

#[test]
fn errors_of_the_others() {
    check("wait_all hands on the errors of the others", |c| {
        let run = rest_of(c, &[(3, "a"), (2, NIGHTMARE), (1, "c"), (4, "d")], 0);
        let (first, (rest, at)) = run.output();
        expect(*first == (Ok("c"), secs(1.0)), EARLIEST);
        expect([Ok("a"), Ok("d")].iter().all(|fate| rest.contains(fate)), &said(ALL_LEFT, rest));
        expect(*rest == [Ok("a"), Ok("d"), Err("panicked")], &said(PANICKED, rest));
        expect(
            *at == secs(4.0),
            "One of the others panicked, and wait_all waits for those that are left all the same.",
        );
    });
}

fn said(idea: &str, rest: &[Fate<&str>]) -> String {
    format!("{idea}\n\nyours: {rest:?}")
}

#[test]
fn only_one() {
    check("the only one is the first, and leaves nobody", |c| {
        let run = rest_of(c, &[(2, "alone")], 0);
        let (first, rest) = run.output();
        expect(*first == (Ok("alone"), secs(2.0)), EARLIEST);
        expect(
            *rest == (vec![], secs(2.0)),
            "Nobody is left: wait_all has nothing to return, and nothing to wait for.",
        );
    });
}

#[test]
fn none_at_all() {
    check("nothing can be the first of nothing", |c| {
        let run = c.attempt(|| async { fate(wait_first(Vec::<std::future::Ready<()>>::new()).await.0) });
        expect(run.output().is_err(), "Without futures nothing can be the first: wait_first panics.");
    });
}

#[test]
fn a_hundred_with_ties() {
    check("of a hundred, ten of them done at the same moment", |c| {
        let run = c.run(|| async {
            let start = Instant::now();
            let number = |n: u64| async move {
                sleep(Duration::from_secs(10 - n % 10)).await;
                n
            };
            let (first, pending) = wait_first((0..100).map(number).collect()).await;
            let at = start.elapsed();
            let first = fate(first);
            let mut all: Vec<_> = wait_all(pending).await.into_iter().map(fate).chain([first]).collect();
            all.sort_unstable();
            let end = start.elapsed();
            sleep(Duration::from_secs(10)).await;
            (first, at, all, end)
        });
        let (first, at, all, end) = run.output();
        expect(*at == secs(1.0) && first.is_ok_and(|n| n % 10 == 9), EARLIEST);
        expect(
            *all == (0..100).map(Ok).collect::<Vec<_>>(),
            "Ten are done at the same moment. One of them is the first; the nine others are handed back with those that still \
             run, so that each is counted once.",
        );
        expect(*end == secs(10.0), "All at the same time take as long as the slowest of them.");
    });
}

#[test]
fn the_program() {
    check("the program: the first after a second, the others while it does something else", |c| {
        c.run(program)
            .transcript("program", "The first is there after one second, and each of the others after its own time.");
    });
}
