//! Checks of 22_async_streams, for the exercise and its solution alike.

use std::{pin::pin, time::Duration};

use super::{PAUSE, main_async, mygen, program};
use futures::{Stream, StreamExt};
use tokio::time::{Instant, sleep, timeout};
use workbook::{
    check::{Run, check, expect, fail, secs},
    diagnosis::Code,
    recording::{Recording, duration_text},
};

const LAZY: &str = "mygen did something before anybody asked it for an item. A stream works only while it is pulled, and the \
                    newline belongs to the first pull: code outside of the stream runs when mygen is called.";
const COLLECTED: &str = "The items come all at once, when the last is ready. Yield each one as soon as it is there: what is \
                         collected first is a list, not a stream.";
const ITS_TIME: &str = "Each item is made in the pull that asks for it: print the separator, wait for PAUSE, yield. So the \
                        first is there after 0.2 s, the second after 0.4 s, and so on.";
const AHEAD: &str = "The stream went on while nobody asked it. It stands still between two pulls, however long they are apart: \
                     each item is begun when it is asked for, and takes its PAUSE from then on.";
const SEPARATORS: &str = "The stream prints a newline at its first pull, and the separator and a space once in each pull that \
                          makes an item, before the pause.";
const DROPPED: &str = "The stream was dropped, and went on all the same. What is dropped does nothing any more: do the work in \
                       the stream itself, and not in a task beside it.";
const FIRST: &str = "g holds all that mygen(\".\", up_to) yields.";
const SECOND: &str =
    "f holds each j of mygen(\"+\", up_to) for which j / 3 % 5 is 0: 1 / 3 % 5 is 0, and 4 / 3 % 5 is 1.";

/// What came, and when it was there.
type Item = (Duration, u64);

/// Pulls so many items, and pauses after each before it asks for the next.
async fn pull(stream: impl Stream<Item = u64>, items: usize, pause: Duration) -> Vec<Item> {
    let start = Instant::now();
    let mut stream = pin!(stream);
    let mut pulled = Vec::new();
    while pulled.len() < items
        && let Some(item) = stream.next().await
    {
        pulled.push((start.elapsed(), item));
        sleep(pause).await;
    }
    pulled
}

/// The first powers of two, at their times.
fn powers(count: u32, pause: Duration) -> Vec<Item> {
    (0..count).map(|i| (PAUSE * (i + 1) + pause * i, 1 << i)).collect()
}

/// All that was printed by then, and then no more before `until`.
fn printed(recording: &Recording, until: Duration) -> String {
    recording.prints.iter().filter(|print| print.at.time() < until).map(|print| print.text.as_str()).collect()
}

/// Ends the check unless these are the right items; says what to look for where their times are not right.
fn compare(pulled: &[Item], expected: &[Item], idea: &str) {
    let values = |items: &[Item]| items.iter().map(|item| item.1).collect::<Vec<_>>();
    let (yours, right) = (values(pulled), values(expected));
    if yours != right {
        fail(format!("mygen yields the first up_to powers of two.\n\nexpected: {right:?}\nyours:    {yours:?}"));
    }
    if pulled != expected {
        let times = |items: &[Item]| items.iter().map(|item| duration_text(item.0)).collect::<Vec<_>>().join(", ");
        fail(format!("{idea}\n\nexpected: {}\nyours:    {}", times(expected), times(pulled)));
    }
}

/// Reads the whole of both streams, as main_async should.
async fn both(up_to: u32) {
    mygen(".", up_to).count().await;
    mygen("+", up_to).count().await;
}

#[test]
fn mygen_yields_over_time() {
    check("mygen yields each power of two at its own time", |c| {
        for (sep, up_to) in [(".", 5_u32), ("*", 1), ("->", 60)] {
            let run = c.run(move || pull(mygen(sep, up_to), usize::MAX, Duration::ZERO));
            let pulled = run.output();
            let at_once = pulled.len() > 1 && pulled.iter().all(|item| item.0 == pulled[0].0);
            compare(pulled, &powers(up_to, Duration::ZERO), if at_once { COLLECTED } else { ITS_TIME });
            run.takes(PAUSE * up_to, "After its last item the stream ends, and waits no more.");
            for nth in 0..up_to {
                let expected = format!("\n{}", format!("{sep} ").repeat(nth as usize + 1));
                expect(printed(run.recording(), PAUSE * (nth + 1)) == expected, SEPARATORS);
            }
            run.says([String::new(), format!("{sep} ").repeat(up_to as usize)], SEPARATORS);
        }
    });
}

#[test]
fn a_stream_without_items() {
    check("a stream of no items prints its newline and ends at once", |c| {
        let run = c.run(|| pull(mygen(".", 0), usize::MAX, Duration::ZERO));
        compare(run.output(), &[], ITS_TIME);
        run.takes(Duration::ZERO, "Without items there is nothing to wait for.");
        expect(printed(run.recording(), Duration::MAX) == "\n", SEPARATORS);
    });
}

#[test]
fn mygen_is_lazy() {
    check("mygen does nothing before it is pulled", |c| {
        let run = c.run(|| async {
            let stream = mygen(".", 3);
            sleep(secs(5.0)).await;
            drop(stream);
        });
        let recording = run.recording();
        expect(recording.prints.is_empty() && recording.timers().len() == 1, LAZY);
        let run = c.run(|| async {
            let stream = mygen(".", 3);
            sleep(secs(5.0)).await;
            pull(stream, usize::MAX, Duration::ZERO).await
        });
        expect(printed(run.recording(), secs(5.0)).is_empty(), LAZY);
        compare(run.output(), &powers(3, Duration::ZERO), LAZY);
    });
}

#[test]
fn mygen_waits_to_be_asked() {
    check("between two pulls the stream stands still", |c| {
        for pause in [1.0, 0.1] {
            let run = c.run(move || pull(mygen(".", 5), usize::MAX, secs(pause)));
            compare(run.output(), &powers(5, secs(pause)), AHEAD);
            let begun = run.recording().prints.iter().filter(|print| print.text.contains('.'));
            let begun: Vec<Duration> = begun.map(|print| print.at.time()).collect();
            let asked: Vec<Duration> = (0..5).map(|nth| (PAUSE + secs(pause)) * nth).collect();
            expect(begun == asked, AHEAD);
            run.nothing_alive(DROPPED);
        }
    });
}

#[test]
fn mygen_stops_when_dropped() {
    check("a stream that is dropped does nothing any more", |c| {
        // Whatever it drops with itself is dropped on purpose.
        c.allow(Code::W03);
        // Between two pulls, and in the middle of one.
        let between = c.run(|| async {
            pull(mygen(".", 10), 3, Duration::ZERO).await;
            sleep(secs(5.0)).await;
        });
        goes_no_further(&between, secs(0.6));
        let amid = c.run(|| async {
            let all = pull(mygen(".", 10), usize::MAX, Duration::ZERO);
            let _ = timeout(secs(0.5), all).await;
            sleep(secs(5.0)).await;
        });
        goes_no_further(&amid, secs(0.5));
        let at_the_end = c.run(|| pull(mygen(".", 10), 3, Duration::ZERO));
        at_the_end.nothing_alive(DROPPED);
    });
}

/// Three separators were printed before the stream was dropped; from then on one wait is the check's own.
fn goes_no_further(run: &Run<()>, dropped: Duration) {
    let recording = run.recording();
    expect(printed(recording, dropped) == "\n. . . ", SEPARATORS);
    expect(printed(recording, Duration::MAX) == "\n. . . ", DROPPED);
    let after = recording.waits.iter().filter(|wait| wait.end.is_none_or(|end| end.at.time() > dropped));
    expect(after.count() == 1, DROPPED);
}

#[test]
fn two_streams_know_nothing_of_each_other() {
    check("two streams that are pulled at the same time let each other go on", |c| {
        let run = c.run(|| async {
            let pulls = ["a", "b"].map(|sep| pull(mygen(sep, 5), usize::MAX, Duration::ZERO));
            futures::future::join_all(pulls).await
        });
        for pulled in run.output() {
            compare(pulled, &powers(5, Duration::ZERO), ITS_TIME);
        }
    });
}

#[test]
fn main_async_reads_one_after_the_other() {
    check("main_async reads both streams, one after the other", |c| {
        for up_to in [10, 0, 1, 25] {
            let reference = c.run(move || both(up_to));
            let mut run = c.run(move || main_async(up_to));
            run.calls(
                &reference,
                1,
                "main_async makes two streams, mygen(\".\", up_to) and mygen(\"+\", up_to), and reads each to its end.",
            );
            let peak = run.recording().peak(run.recording().timers());
            expect(
                peak <= 1,
                "The two streams were read at the same time: make the second when the first is at its end.",
            );
            run.takes(
                PAUSE * 2 * up_to,
                "A stream is not concurrent: its pauses add up, and so do those of two streams.",
            );
            run.in_order().transcript(
                &format!("main_async_{up_to}"),
                "First come the separators of mygen(\".\", up_to), then those of mygen(\"+\", up_to).",
            );
        }
    });
}

#[test]
fn main_async_returns_both_lists() {
    check("main_async returns all the powers, and those that fit", |c| {
        for up_to in [10, 0, 1, 60] {
            let run = c.run(move || main_async(up_to));
            let (g, f) = run.output();
            let all: Vec<u64> = (0..up_to).map(|i| 1 << i).collect();
            let fit: Vec<u64> = all.iter().copied().filter(|j| j / 3 % 5 == 0).collect();
            expect(*g == all, &format!("{FIRST}\n\nexpected: {all:?}\nyours:    {g:?}"));
            expect(*f == fit, &format!("{SECOND}\n\nexpected: {fit:?}\nyours:    {f:?}"));
        }
    });
}

#[test]
fn the_program() {
    check("the program: two passes of ten items take four seconds", |c| {
        c.run(program).transcript("program", "Ten items of 0.2 s each, read twice, take four seconds.");
    });
}
