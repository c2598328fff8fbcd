//! Checks of 03_enter_runtime, for the exercise and its solution alike.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use workbook::{
    check::{check, expect, fail, secs},
    diagnosis::Code,
    recording::{Clock, Recording},
};

/// What went wrong in a call of `run_blocking`, where it panicked; `calls` are those that had come to an end.
fn explain(recording: &Recording, calls: usize) -> String {
    let said = |part: &str| recording.panics.iter().any(|panic| panic.message.contains(part));
    let idea = if said("timers are disabled") {
        "The runtime was built without its time driver, so nobody would ever wake a sleep. A Builder enables no driver by \
         itself: ask it for enable_time, or for enable_all."
    } else if said("there is no reactor running") {
        "hello_world ran outside of every tokio runtime. A sleep of tokio's is woken by the time driver of a tokio runtime; \
         another executor has none. Build a tokio runtime and block_on it."
    } else if said("Cannot start a runtime from within a runtime") || said("Cannot block the current thread") {
        "A runtime was entered on a thread that is in one already. Enter once, from code that is not async."
    } else if calls > 0 {
        "run_blocking worked once and panicked when it was called again."
    } else {
        "run_blocking panicked."
    };
    let panics: Vec<String> =
        recording.panics.iter().map(|panic| format!("{} ({})", panic.message, panic.line)).collect();
    format!("{idea}\n\n{}", panics.join("\n"))
}

#[test]
fn hello_world_waits() {
    check("hello_world lets others run for two seconds", |c| {
        let mut run = c.run(hello_world);
        run.says(["hello", "world"], "hello_world prints hello, then world.");
        run.takes(secs(2.0), "hello_world waits for two seconds.");
        run.in_order().transcript("hello_world", "The two seconds lie between hello and world.");
    });
}

#[test]
fn run_blocking_enters_a_runtime() {
    check("run_blocking runs hello_world to its end, twice", |c| {
        // A panic of run_blocking is caught here, and told in other words.
        c.allow(Code::W04);
        let hello = c.run(hello_world);
        let mut calls = 0;
        let mut run = c.run_sync(|| {
            catch_unwind(AssertUnwindSafe(|| {
                for _ in 0..2 {
                    run_blocking();
                    calls += 1;
                }
            }))
        });
        let recording = run.recording();
        if run.output().is_err() {
            fail(explain(recording, calls));
        }
        expect(
            recording.blocks.is_empty(),
            "A thread was put to sleep: that is waiting without a runtime. run_blocking enters a runtime, which waits for you.",
        );
        let lines = recording.lines();
        expect(
            lines.iter().any(|line| line.text == "hello"),
            "hello_world never began. A future that nobody polls does nothing: hand it to the runtime's block_on.",
        );
        expect(
            lines.iter().any(|line| line.text == "world"),
            "hello_world began and never came to its end: run_blocking returned first. block_on returns when the future is \
             done; spawn returns at once.",
        );
        run.says(["hello", "world", "hello", "world"], "Each of the two calls of run_blocking prints hello and world.");
        run.calls(&hello, 2, "run_blocking runs hello_world, and has no lines of its own to print.");
        run.takes(
            secs(4.0),
            "Two calls take two seconds each: run_blocking returns when hello_world is done, not before.",
        );
        // A runtime with several threads runs on the real clock, where no two runs are alike to the microsecond.
        if recording.clock == Clock::Virtual {
            run.in_order().transcript("run_blocking_twice", "Each call waits for two seconds between hello and world.");
        }
    });
}
