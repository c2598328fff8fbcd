//! Checks of 06_task_handles, for the exercise and its solution alike.

use std::time::Duration;

use super::*;
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::How,
};

#[test]
fn go_waits_then_speaks() {
    check("go waits without blocking, then speaks", |c| {
        for (delay, what, said) in [(2, "hello", "hello(2)"), (5, "again", "again(5)")] {
            let run = c.run(move || go(delay, what));
            run.takes(secs(delay as f64), "go waits for `delay` seconds, with tokio's sleep and .await.");
            run.returns(said.to_string(), "go returns what it said.");
            run.transcript(&format!("go_{what}"), "go waits first, then speaks.");
        }
    });
}

#[test]
fn run_tasks_runs_both_at_once() {
    check("run_tasks runs both tasks at the same time", |c| {
        let run = run_both(c, (2, "hello"), (1, "world"));
        run.takes(
            secs(2.0),
            "The tasks ran one after another. spawn(..).await waits for the task at once, before the next one is spawned. \
             Spawn both first; then await both handles.",
        );
        let ended_at = |seconds| {
            run.recording()
                .spawned()
                .iter()
                .any(|task| task.end.as_ref().is_some_and(|end| end.at.time() == secs(seconds)))
        };
        expect(
            ended_at(1.0) && ended_at(2.0),
            "Each go runs in a task of its own, made with tokio::spawn: the one with world ends after one second, the one with \
             hello after two.",
        );
        run.transcript("run_tasks", "world is done at 1 s, though hello was started first and is awaited first.");
        let run = run_both(c, (1, "quick"), (3, "slow"));
        run.takes(secs(3.0), "Two tasks at the same time take as long as the slower one, whichever that is.");
    });
}

#[test]
fn run_tasks_returns_what_both_said() {
    check("run_tasks returns what both said, the first one's words first", |c| {
        let both = |first: &str, second: &str| Ok((first.to_string(), second.to_string()));
        let idea = "Awaiting the handle of a task that ended well yields Ok with what the task returned. The first task's \
                    words come first, even if it ended last.";
        run_both(c, (2, "hello"), (1, "world")).returns(both("hello(2)", "world(1)"), idea);
        run_both(c, (3, "one"), (4, "two")).returns(both("one(3)", "two(4)"), idea);
    });
}

#[test]
fn a_panic_comes_back_as_an_error() {
    check("a panic in a task comes back as an error", |c| {
        // That the other task is left behind is the next check's matter.
        c.allow(Code::W03);
        for (first, second) in
            [((1, ""), (2, "world")), ((2, "hello"), (1, "")), ((2, ""), (1, "world")), ((1, ""), (1, ""))]
        {
            match run_both(c, first, second).output() {
                Err("panic") => {}
                Err(_) => fail(
                    "A task panicked, and run_tasks tells of a task that was cancelled. Hand on the error that the handle of \
                     the panicked task yields, and abort none.",
                ),
                Ok(said) => fail(format!(
                    "A task panicked, and run_tasks told nobody: it returned Ok({said:?}). Awaiting a handle yields a Result; \
                     what is thrown away with `let _ =`, .ok() or a default was the only sign of the panic. Hand the error on."
                )),
            }
        }
    });
}

#[test]
fn the_other_task_still_finishes() {
    check("when one task panics the other one still finishes", |c| {
        // Each scene: who goes, what is said all the same, and when the last one has ended.
        let first_panics = run_both(c, (1, ""), (2, "world"));
        let second_panics = run_both(c, (2, "hello"), (1, ""));
        let first_panics_last = run_both(c, (2, ""), (1, "world"));
        for (run, said) in [(first_panics, "world(2)"), (second_panics, "hello(2)"), (first_panics_last, "world(1)")] {
            let idea = "One task panicked, and the other one was left behind: nobody waited until it was done. `?` on the \
                        first handle returns before the second is awaited. Await both handles; look at the results then.";
            run.says([said], idea);
            run.takes(secs(2.0), idea);
        }
    });
}

#[test]
fn a_task_outlives_its_handle() {
    check("a task goes on when nobody holds its handle", |c| {
        let run = c.run(|| async {
            let start = tokio::time::Instant::now();
            leave_running(2, "alone");
            let returned = start.elapsed();
            tokio::time::sleep(secs(3.0)).await;
            returned
        });
        run.returns(Duration::ZERO, "leave_running starts the task and returns at once.");
        let tasks = run.recording().spawned();
        expect(
            !tasks.is_empty(),
            "Nothing was started. Calling go only builds a future; tokio::spawn makes a task of it.",
        );
        expect(
            tasks.iter().any(|task| task.end.as_ref().is_some_and(|end| end.how == How::Finished)),
            "The task was ended before it was done. A JoinHandle that is dropped lets its task go on; abort, and a JoinSet \
             that is dropped, end it.",
        );
        run.transcript("leave_running", "The task speaks two seconds later, though nobody waits for it.");
    });
}

#[test]
fn the_program() {
    check("the program: two that end well, two of which one panics, one on its own", |c| {
        c.allow(Code::W04);
        c.run(main_async).transcript("main_async", "Every task that does not panic is heard, whoever waits for it.");
    });
}

/// What two tasks said, or what became of one of them.
type Said = Result<(String, String), &'static str>;

/// Runs `run_tasks`, and makes sure that a panic of a task does not become one of its own.
fn run_both(c: &Checks, first: (u64, &'static str), second: (u64, &'static str)) -> Run<Said> {
    // These panics are meant, and whether somebody noticed shows in the result.
    c.allow(Code::W04);
    let run = c.attempt(move || async move {
        run_tasks(first, second).await.map_err(|error| if error.is_panic() { "panic" } else { "cancelled" })
    });
    run.without_panic(
        "The panic of one task went on through run_tasks and would have ended everything else. A spawned task keeps its panic \
         to itself: its handle yields an Err, and unwrap makes a new panic of that. Spawn both, and hand the error on.",
    )
}
