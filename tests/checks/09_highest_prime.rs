//! Checks of 09_highest_prime, for the exercise and its solution alike.

use std::time::Duration;

use super::*;
use workbook::check::{Checks, Run, check, expect, secs};

const PAUSE: &str = "After each number that is not prime, and only then, the search waits for 10 ms with tokio's sleep and \
                     .await. Nothing else lets the others go on.";
const IN_TURN: &str = "The searches ran one after another: one began only when another was done. Call highest_prime_below for \
                       every limit, and await all the futures together.";
const OUT_OF_ORDER: &str =
    "run returns one result for each limit, in the order of the limits, whichever search is done first.";

/// Runs one search, which may well panic where there is nothing to try.
fn search(c: &Checks, limit: u64) -> Run<Option<u64>> {
    c.attempt(move || highest_prime_below(limit))
        .without_panic("The search panicked. Below 0, 1 and 2 there is nothing to try, and unsigned numbers end at 0.")
}

#[test]
fn a_prime_has_two_divisors() {
    check("is_prime tells primes from other numbers", |c| {
        // So many numbers from 2 on divide it, and a prime is one of them itself.
        let by_definition = |number: u64| (2..=number).filter(|divisor| number.is_multiple_of(*divisor)).count() == 1;
        let squares = [53, 127, 251, 313].map(|prime| prime * prime);
        let numbers: Vec<u64> = (2..500).chain(squares).chain([99_991, 99_989, 53 * 127, 251 * 313]).collect();
        let run = c.run_sync(|| numbers.iter().map(|&number| is_prime(number)).collect::<Vec<bool>>());
        for (&number, &judged) in numbers.iter().zip(run.output()) {
            let prime = by_definition(number);
            let is = if prime { "is prime: only 1 and itself divide it" } else { "is not prime: others divide it" };
            expect(
                judged == prime,
                &format!(
                    "{number} {is}. Try every divisor from 2 up to the square root; the square of a prime has no other than \
                     the root itself."
                ),
            );
        }
    });
}

#[test]
fn nothing_below_2_is_prime() {
    check("nothing below 2 is prime", |c| {
        for number in [0, 1] {
            let prime = *c.run_sync(|| is_prime(number)).output();
            expect(!prime, &format!("{number} is not prime: nothing below 2 is, though no divisor is found."));
        }
    });
}

#[test]
fn the_highest_prime_is_found() {
    check("highest_prime_below goes down from limit - 1 to the first prime", |c| {
        for (limit, prime) in [(1_361, 1_327), (12, 11), (11, 7), (4, 3), (3, 2), (10_000, 9_973)] {
            let mut run = search(c, limit);
            run.returns(
                Some(prime),
                &format!("The highest prime below {limit} is {prime}: below, so the limit itself does not count."),
            );
            run.in_order().says(
                [format!("Highest prime below {limit}"), format!("--> Highest prime below {limit} is {prime}.")],
                "The search says what it looks for before it begins, and what it has found when it is done.",
            );
        }
    });
}

#[test]
fn no_prime_below_2() {
    check("below 0, 1 and 2 there is no prime", |c| {
        for limit in [0, 1, 2] {
            search(c, limit).returns(None, &format!("There is no prime below {limit}, so the result is None."));
        }
    });
}

#[test]
fn every_number_that_is_not_prime_is_a_pause() {
    check("a search pauses for 10 ms after each number that is not prime", |c| {
        // From 1360 down to 1328 nothing is prime.
        for (limit, pauses) in [(12, 0), (11, 3), (1_361, 33), (100_000, 8)] {
            let run = search(c, limit);
            run.takes(secs(0.01 * f64::from(pauses)), PAUSE);
            let lengths = run.recording().timers().into_iter().map(|wait| wait.duration(run.recording().ended));
            // The first tick of an interval is due at once.
            let lengths: Vec<Duration> = lengths.filter(|length| !length.is_zero()).collect();
            expect(
                lengths == vec![secs(0.01); pauses as usize],
                "The time is right, and the pauses are not: between two numbers there is one of 10 ms, so that everybody else \
                 gets a turn before the next number is tried.",
            );
        }
    });
}

#[test]
fn others_go_on_between_two_numbers() {
    check("between two numbers everybody else goes on", |c| {
        let run = c.run(|| async {
            let ticking = async {
                for _ in 0..33 {
                    tokio::time::sleep(secs(0.01)).await;
                    workbook::println!("tick");
                }
            };
            tokio::join!(highest_prime_below(1_361), ticking);
        });
        let lines = run.recording().lines();
        let before = lines.iter().take_while(|line| !line.text.starts_with("--> "));
        // The last tick and the result are due at the same time.
        expect(before.filter(|line| line.text == "tick").count() >= 32, PAUSE);
    });
}

#[test]
fn run_searches_at_the_same_time() {
    check("run searches below all the limits at the same time", |c| {
        let run = c.run(|| run(&[100_000, 10_000, 1_000]));
        run.returns(vec![Some(99_991), Some(9_973), Some(997)], OUT_OF_ORDER);
        run.nothing_alive("run returned before its searches were done: a task that nobody awaits is lost.");
        expect(!run.recording().timers().is_empty(), PAUSE);
        run.overlap(run.recording().timers(), 3, IN_TURN);
        run.takes(secs(0.26), "Together the searches take as long as the longest: that below 10000, with 26 pauses.");
        run.transcript("run", "997 is found first, though it was asked for last; 9973 is found last.");
    });
}

#[test]
fn other_limits() {
    check("run takes any limits: none, one, and a hundred", |c| {
        let none = c.run(|| run(&[]));
        none.returns(vec![], "Without limits there is nothing to search.");
        none.takes(secs(0.0), "Without limits there is nothing to wait for.");
        c.run(|| run(&[127])).returns(vec![Some(113)], OUT_OF_ORDER);
        let few = c.run(|| run(&[11, 2, 127, 12]));
        few.returns(vec![Some(7), None, Some(113), Some(11)], OUT_OF_ORDER);
        let hundred = c.run(|| run(&[127; 100]));
        hundred.overlap(hundred.recording().timers(), 100, IN_TURN);
        hundred.returns(vec![Some(113); 100], OUT_OF_ORDER);
        hundred.takes(secs(0.13), "A hundred searches at the same time take as long as one.");
    });
}

#[test]
fn the_program() {
    check("the program: the three searches, and how long they took", |c| {
        let searches = c.run(|| run(&[100_000, 10_000, 1_000]));
        let program = c.run(program);
        program.calls(&searches, 1, "The program calls run for the limits 100000, 10000 and 1000.");
        program.transcript("program", "The program runs the three searches at once, and says how long they took.");
    });
}
