//! Checks of 16_task_group, for the exercise and its solution alike.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::*;
use futures::FutureExt;
use tokio::time::{Instant, sleep};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::{Poll, duration_text},
};

const IN_TURN: &str = "The children ran one after another. Begin all of them before you wait for the first.";
const ALL_WELL: &str = "No child failed: group returns Ok.";

/// A child for the checks: it ends well, with an error, or with a panic, after so many seconds.
#[derive(Clone, Copy, PartialEq)]
enum Plan {
    Well(u64),
    Error(u64),
    Panic(u64),
}
use Plan::{Error, Panic, Well};

/// Counted for as long as it is there.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What a child does. Its error is the number of its seconds.
async fn child(plan: Plan, counted: Counted) -> Result<(), u64> {
    let (Well(seconds) | Error(seconds) | Panic(seconds)) = plan;
    if seconds > 0 {
        sleep(Duration::from_secs(seconds)).await;
    }
    let end = match plan {
        Well(_) => "",
        Error(_) => " fails",
        Panic(_) => " panics",
    };
    workbook::println!("the child of {seconds} s{end}");
    drop(counted);
    match plan {
        Well(_) => Ok(()),
        Error(_) => Err(seconds),
        Panic(_) => panic!("the child of {seconds} s"),
    }
}

/// How a group ended.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ended {
    Ok,
    Err(u64),
    Panicked,
}

/// How a group ended, when, and how many of its children were alive then.
#[derive(Clone, Copy)]
struct Seen {
    children: usize,
    ended: Ended,
    at: Duration,
    alive: usize,
}

/// Runs a group of these. A child that is left behind has time to show it.
fn run(c: &Checks, plans: Vec<Plan>) -> Run<Seen> {
    // Whether a panic was seen shows in how the group ended. Where the first child fails at once, others have not even begun.
    c.allow(Code::W04).allow(Code::W08);
    c.run(move || async move {
        let (start, alive) = (Instant::now(), Arc::default());
        let children: Vec<_> = plans.iter().map(|plan| child(*plan, Counted::new(&alive))).collect();
        let ended = match AssertUnwindSafe(group(children)).catch_unwind().await {
            Ok(Ok(())) => Ended::Ok,
            Ok(Err(error)) => Ended::Err(error),
            Err(_) => Ended::Panicked,
        };
        let seen = Seen { children: plans.len(), ended, at: start.elapsed(), alive: alive.load(Ordering::SeqCst) };
        sleep(Duration::from_secs(200)).await;
        seen
    })
}

/// The group waited for the children that it ended. To go round in circles until they are probably gone is no waiting.
fn no_turns_counted(run: &Run<Seen>) {
    let Seen { children, at, .. } = *run.output();
    let main = |poll: &&Poll| run.recording().tasks[poll.task.0].is_main() && poll.began.time() == at;
    let turns = run.recording().polls.iter().filter(main).count();
    if turns > children + 10 {
        fail(format!(
            "After a child had failed, group took {turns} turns within one moment, for {children} children: it yields, and hopes \
             that they are gone by then.\nHow many turns they need nobody knows. Wait for the tasks themselves: \
             JoinSet::shutdown().await, or await the handles that you have aborted."
        ));
    }
}

/// Nobody was alive when the group was back, nor did anything go on.
fn nobody_left(run: &Run<Seen>) {
    let Seen { at, alive, .. } = *run.output();
    let went_on = run.recording().lines().iter().filter(|line| line.at.time() > at).count();
    if went_on > 0 {
        fail(format!(
            "group was back at {}, and {went_on} of its children went on without it, to their end.\nA task goes on without its \
             handle. Keep all of them, in a JoinSet for instance, and do not leave before each of them has ended.",
            duration_text(at)
        ));
    }
    if alive > 0 {
        fail(format!(
            "Still alive when group was back: {alive} of the children. abort, and the end of a JoinSet's scope, only tell a task \
             to end:\nit is gone when the runtime has next got to it. Wait for that: JoinSet::shutdown().await, or await the \
             handles that you have aborted.\nThis goes for every way out: `?` and unwrap are ways out, too."
        ));
    }
}

/// The group failed like this, as soon as the child did, and nobody was left.
fn fails(run: &Run<Seen>, as_told: Ended, seconds: u64) {
    let Seen { ended, at, .. } = *run.output();
    let due = Duration::from_secs(seconds);
    match (as_told, ended) {
        (Ended::Panicked, Ended::Ok | Ended::Err(_)) => fail(
            "A child panicked, and group told nobody: it returned as if it had not. The handle of a task that panicked yields a \
             JoinError.\nHand the panic on: resume_unwind(error.into_panic()).",
        ),
        (Ended::Err(_), Ended::Ok) => fail("A child returned an error, and group returned Ok. Hand the error on."),
        (Ended::Err(_), Ended::Panicked) => {
            fail("A child returned an error, and group made a panic of it. An error is a value: return it.")
        }
        _ => {}
    }
    if at > due {
        fail(format!(
            "A child failed at {}, and group was back at {}: it waited for children that it should have cancelled.\nLook at \
             whatever child ends next (join_next), and not at one after another: with more than 30 children try_join_all takes \
             them in the order of the list.",
            duration_text(due),
            duration_text(at)
        ));
    }
    let first = "The first child that fails decides how the group ends, wherever it stands in the list.";
    expect(ended == as_told, &format!("{first}\n\nexpected: {as_told:?}\nyours:    {ended:?}"));
    nobody_left(run);
    no_turns_counted(run);
}

#[test]
fn on_success_all_have_ended() {
    check("a group in which all goes well is back when all its children have ended", |c| {
        let run = run(c, vec![Well(2), Well(1), Well(3), Well(0)]);
        let Seen { ended, at, .. } = *run.output();
        expect(ended == Ended::Ok, ALL_WELL);
        nobody_left(&run);
        let line = |seconds| format!("the child of {seconds} s");
        expect(
            (0..=3).all(|seconds| run.recording().time_of(&line(seconds)).is_some()),
            "A child did not come to its end, though none had failed. Wait for each of them before you return.",
        );
        let on_time =
            (0..=3).all(|seconds| run.recording().time_of(&line(seconds)) == Some(Duration::from_secs(seconds)));
        expect(on_time, IN_TURN);
        expect(at == secs(3.0), "If all goes well, the group takes as long as the slowest child: three seconds.");
    });
}

#[test]
fn on_an_error_nobody_is_left() {
    check("when a child returns an error, group ends the others and returns it", |c| {
        fails(&run(c, vec![Well(1), Error(2), Well(3)]), Ended::Err(2), 2);
        fails(&run(c, vec![Well(6), Well(5), Error(4)]), Ended::Err(4), 4);
        fails(&run(c, vec![Well(1), Well(2), Error(3)]), Ended::Err(3), 3);
    });
}

#[test]
fn on_a_panic_nobody_is_left() {
    check("when a child panics, group ends the others and panics too", |c| {
        fails(&run(c, vec![Well(1), Panic(2), Well(3)]), Ended::Panicked, 2);
        fails(&run(c, vec![Well(6), Well(5), Panic(4)]), Ended::Panicked, 4);
        fails(&run(c, vec![Well(1), Well(2), Panic(3)]), Ended::Panicked, 3);
    });
}

#[test]
fn of_several_failures_the_first() {
    check("of several children that fail, the first to fail decides", |c| {
        fails(&run(c, vec![Error(3), Error(1), Error(2)]), Ended::Err(1), 1);
        fails(&run(c, vec![Panic(3), Error(1), Well(2)]), Ended::Err(1), 1);
        fails(&run(c, vec![Error(3), Panic(1), Error(2)]), Ended::Panicked, 1);
    });
}

#[test]
fn in_the_middle_of_many() {
    check("the first child to fail decides, in the middle of 31 children or of 257", |c| {
        for count in [31, 257_u64] {
            let plans = |middle: &[Plan]| {
                let mut plans: Vec<Plan> = (0..count).map(|n| Well(2 + n % 3)).collect();
                let first = plans.len() / 2;
                plans[first..first + middle.len()].copy_from_slice(middle);
                plans
            };
            fails(&run(c, plans(&[Error(1)])), Ended::Err(1), 1);
            fails(&run(c, plans(&[Panic(1)])), Ended::Panicked, 1);
            // Two at one moment: one is the first all the same, and it stays the first while the others are ended.
            for middle in [[Error(1), Panic(1)], [Panic(1), Error(1)]] {
                let two = run(c, plans(&middle));
                let lines = two.recording().lines();
                let first = lines.iter().find(|line| line.text.ends_with("fails") || line.text.ends_with("panics"));
                let panicked = first.is_some_and(|line| line.text.ends_with("panics"));
                fails(&two, if panicked { Ended::Panicked } else { Ended::Err(1) }, 1);
            }
        }
    });
}

#[test]
fn a_failure_at_once() {
    check("a child that fails at once ends even those that have not begun", |c| {
        fails(&run(c, vec![Error(0), Well(2), Well(3)]), Ended::Err(0), 0);
        fails(&run(c, vec![Well(2), Panic(0)]), Ended::Panicked, 0);
    });
}

#[test]
fn none_one_and_a_hundred() {
    check("a group of none, of one, of a hundred", |c| {
        let Seen { ended, at, .. } = *run(c, vec![]).output();
        expect(ended == Ended::Ok && at.is_zero(), "A group without children has nothing to wait for: Ok, at once.");
        let Seen { ended, at, .. } = *run(c, vec![Well(2)]).output();
        expect(ended == Ended::Ok && at == secs(2.0), ALL_WELL);
        fails(&run(c, vec![Error(2)]), Ended::Err(2), 2);
        fails(&run(c, vec![Panic(2)]), Ended::Panicked, 2);

        let hundred = |first| (0..100).map(|n| if n == 0 { first } else { Well(11 - n / 10) }).collect();
        let all_well = run(c, hundred(Well(11)));
        nobody_left(&all_well);
        let Seen { ended, at, .. } = *all_well.output();
        expect(ended == Ended::Ok, ALL_WELL);
        expect(at == secs(11.0), IN_TURN);
        fails(&run(c, hundred(Error(1))), Ended::Err(1), 1);
        fails(&run(c, hundred(Panic(1))), Ended::Panicked, 1);
    });
}

#[test]
fn the_program() {
    check("the program: three groups, and nobody is left of any", |c| {
        c.allow(Code::W04);
        c.run(program).transcript(
            "program",
            "Each group is back when its last child is gone: after three seconds if all goes well, after two if one fails.",
        );
    });
}
