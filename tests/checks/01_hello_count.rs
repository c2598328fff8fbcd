//! Checks of 01_hello_count, for the exercise and its solution alike.

use super::*;
use workbook::check::{check, expect, secs};

const UNSEEN: &str = "No blocking pause was seen in count_sync. Write `thread::sleep(Duration::from_secs(1))` between One and \
                      Two, with `use workbook::thread;` at the top.\n\nThe standard library's own `std::thread::sleep` blocks \
                      the thread too, but this check cannot see it: the check runs on a virtual clock, and the only blocking \
                      sleep that moves this clock is the one of `workbook::thread`.";

#[test]
fn count_sync_blocks_for_a_second() {
    check("count_sync prints, blocks for a second, prints", |c| {
        let run = c.run_sync(count_sync);
        run.says(["One", "Two"], "count_sync prints One, then Two.");
        expect(!run.recording().blocks.is_empty(), UNSEEN);
        run.takes(secs(1.0), "count_sync blocks for one second.");
        run.transcript("count_sync", "The second lies between One and Two.");
    });
}

#[test]
fn main_sync_counts_one_after_another() {
    check("main_sync counts three times in three seconds", |c| {
        let count = c.run_sync(count_sync);
        expect(!count.recording().blocks.is_empty(), UNSEEN);
        let mut run = c.run_sync(main_sync);
        run.says(["One", "Two", "One", "Two", "One", "Two"], "main_sync calls count_sync three times in a row.");
        run.takes(
            secs(3.0),
            "Three counts that block the thread take three seconds: while one blocks, nobody else runs.",
        );
        run.calls(&count, 3, "main_sync calls count_sync three times, and leaves the printing to it.");
        run.in_order().transcript("main_sync", "Each count begins when the one before it has ended.");
    });
}

#[test]
fn count_async_lets_others_run() {
    check("count_async lets others run while it waits", |c| {
        let run = c.run(count_async);
        run.says(["One", "Two"], "count_async prints One, then Two.");
        expect(
            !run.recording().timers().is_empty(),
            "count_async waits with tokio::time::sleep and .await, and gives the thread away while it does.",
        );
        run.takes(secs(1.0), "count_async waits for one second.");
        run.transcript("count_async", "The second lies between One and Two.");
    });
}

#[test]
fn main_async_waits_once() {
    check("main_async waits once, not three times", |c| {
        let count = c.run(count_async);
        let run = c.run(main_async);
        let recording = run.recording();
        run.nothing_alive(
            "main_async returned before its counts were done. A task that nobody awaits is lost at the end.",
        );
        run.calls(
            &count,
            3,
            "main_async calls count_async three times, waits for all three, and leaves the printing to them.",
        );
        run.overlap(
            recording.timers(),
            3,
            "The counts ran one after another: one began only when another had ended. Hand all three to one await, so that \
             they wait together.",
        );
        run.says(["One", "One", "One", "Two", "Two", "Two"], "All three print One before any of them prints Two.");
        run.takes(secs(1.0), "Three waits of a second at once take one second.");
        run.transcript("main_async", "All three wait through the same second.");
    });
}
