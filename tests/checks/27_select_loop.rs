//! Checks of 27_select_loop, for the exercise and its solution alike.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use super::{program, read_loop};
use tokio::{
    io::{AsyncRead, AsyncWriteExt, DuplexStream, ReadBuf, duplex},
    time::{Instant, sleep, sleep_until, timeout},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
};

const INTACT: &str = "A part of a line had come when something else came first: the future that waited for the rest was dropped, \
                      and the part with it. Keep what was read outside of it: tokio's Lines does, and so does a buffer that is \
                      not emptied in each round.";
const TICKS: &str = "Every second there is a tick, counted from the start, whether lines come or not. A sleep that is made inside \
                     the loop begins anew in each round; make the interval once, before the loop.";
const DEADLINE: &str = "The limit counts from the start, and holds for all rounds together. A sleep or a timeout that is made \
                        inside the loop begins anew in each round; make it once, before the loop, and pin it.";
const LAST: &str = "The input ends, and with it the last line, whether it has a newline or not.";
const WHOLE: &str = "Each line is printed as soon as it is whole, and returned in the end.";

/// Pieces of input, and when they come, in seconds.
type Typed = &'static [(f64, &'static [u8])];

/// What `read_loop` returned, and when.
type Outcome = (Vec<String>, Duration);

/// Runs `read_loop` on an input that comes in pieces, and ends at that time, or never.
fn reads(c: &Checks, typed: Typed, end: Option<f64>, limit: f64) -> Run<Outcome> {
    c.run(move || async move {
        let start = Instant::now();
        let (mut keyboard, screen) = duplex(1 << 16);
        let typing = async move {
            for (at, piece) in typed {
                sleep_until(start + secs(*at)).await;
                // Nobody may be reading any more.
                let _ = keyboard.write_all(piece).await;
            }
            let Some(end) = end else { return Some(keyboard) };
            sleep_until(start + secs(end)).await;
            None::<DuplexStream>
        };
        let reading = async move {
            let read = timeout(secs(600.0), read_loop(screen, secs(limit))).await;
            (read, start.elapsed())
        };
        let (keyboard, (read, at)) = tokio::join!(typing, reading);
        drop(keyboard);
        // A task that reads finds out that the input has ended.
        sleep(secs(1.5)).await;
        match read {
            Ok(Ok(lines)) => (lines, at),
            Ok(Err(error)) => fail(format!("The input can be read well, and read_loop returned an error: {error}")),
            Err(_) => fail(DEADLINE),
        }
    })
}

/// Where all is there at once, a task for the ticks may be aborted, and awaited, before it has had a turn.
fn over_at_once(c: &Checks) {
    c.allow(Code::W08);
}

/// Nothing but these lines was printed, each at its time, and ticks at every second before the end. Where one is missing,
/// `lost` says why.
fn shows(run: &Run<Outcome>, lines: &[(f64, &str)], lost: &str) {
    let printed = run.recording().lines();
    let ticks: Vec<Duration> = printed.iter().filter(|line| line.text == ".").map(|line| line.at.time()).collect();
    let got: Vec<(Duration, &str)> =
        printed.iter().filter(|line| line.text != ".").map(|line| (line.at.time(), line.text.as_str())).collect();
    let expected: Vec<(Duration, String)> =
        lines.iter().map(|(at, line)| (secs(*at), format!("got [{line}]"))).collect();
    if !got.iter().map(|(at, line)| (*at, *line)).eq(expected.iter().map(|(at, line)| (*at, line.as_str()))) {
        let whole = expected.iter().all(|(_, line)| got.iter().any(|(_, other)| other == line));
        let idea = if whole { WHOLE } else { lost };
        fail(format!("{idea}\n\nexpected: {expected:?}\nyours:    {got:?}"));
    }
    let end = run.output().1;
    let seconds: Vec<Duration> = (1..).map(|n| secs(f64::from(n))).take_while(|at| *at < end).collect();
    if ticks != seconds {
        fail(format!("{TICKS}\n\nticks expected: {}\nyours:          {}", seconds.len(), ticks.len()));
    }
    let returned: Vec<&str> = run.output().0.iter().map(String::as_str).collect();
    expect(returned == lines.iter().map(|(_, line)| *line).collect::<Vec<_>>(), WHOLE);
}

#[test]
fn lines_are_printed_when_they_are_whole() {
    check("a line is printed as soon as it is whole", |c| {
        let run = reads(c, &[(0.2, b"one\n"), (0.4, b"two\nthree\n"), (0.6, b"\n")], Some(0.8), 10.0);
        shows(&run, &[(0.2, "one"), (0.4, "two"), (0.4, "three"), (0.6, "")], INTACT);
        expect(run.output().1 == secs(0.8), "The input has ended, so there is nothing left to wait for.");
    });
}

#[test]
fn half_a_line_survives_a_tick() {
    check("half a line is not lost when a tick comes in between", |c| {
        let run =
            reads(c, &[(0.3, b"to be "), (1.3, b"or not "), (3.4, b"to be\nthat"), (4.5, b" is\n")], Some(5.2), 10.0);
        shows(&run, &[(3.4, "to be or not to be"), (4.5, "that is")], INTACT);
        // One letter in two bytes, with a tick between them.
        let run = reads(c, &[(0.5, b"caf\xC3"), (1.5, b"\xA9\n")], Some(1.7), 10.0);
        shows(&run, &[(1.5, "caf\u{e9}")], INTACT);
    });
}

#[test]
fn ticks_come_every_second() {
    check("the ticks come every second, however many lines do", |c| {
        let busy: Typed =
            &[(0.3, b"a\n"), (0.6, b"b\n"), (0.9, b"c\n"), (1.2, b"d\n"), (1.5, b"e\n"), (1.8, b"f\n"), (2.1, b"g\n")];
        let run = reads(c, busy, Some(2.5), 10.0);
        shows(&run, &[(0.3, "a"), (0.6, "b"), (0.9, "c"), (1.2, "d"), (1.5, "e"), (1.8, "f"), (2.1, "g")], INTACT);
        let idle = reads(c, &[], Some(3.5), 10.0);
        shows(&idle, &[], INTACT);
    });
}

#[test]
fn the_limit_holds_for_all_rounds() {
    check("the time is up at the limit, however many lines come", |c| {
        let endless: Typed =
            &[(0.7, b"a\n"), (1.4, b"b\n"), (2.1, b"c\n"), (2.8, b"d\n"), (3.4, b"e\n"), (4.1, b"f\n"), (4.8, b"g\n")];
        let run = reads(c, endless, None, 3.5);
        expect(run.output().1 == secs(3.5), DEADLINE);
        shows(&run, &[(0.7, "a"), (1.4, "b"), (2.1, "c"), (2.8, "d"), (3.4, "e")], INTACT);
        // Nothing comes at all, or only half a line.
        let run = reads(c, &[], None, 2.5);
        expect(run.output().1 == secs(2.5), DEADLINE);
        let run = reads(c, &[(0.2, b"whole\nhal")], None, 0.7);
        expect(run.output().1 == secs(0.7), DEADLINE);
        shows(&run, &[(0.2, "whole")], INTACT);
    });
}

#[test]
fn the_input_ends() {
    check("read_loop returns when the input ends, with a last line without newline", |c| {
        over_at_once(c);
        let run = reads(c, &[(1.2, b"whole\nno newline")], Some(1.6), 10.0);
        expect(run.output().1 == secs(1.6), "The input has ended, so there is nothing left to wait for.");
        shows(&run, &[(1.2, "whole"), (1.6, "no newline")], LAST);
        let run = reads(c, &[], Some(0.0), 10.0);
        expect(*run.output() == (vec![], Duration::ZERO), "An input that is empty ends at once, without a line.");
    });
}

#[test]
fn many_lines_at_once() {
    check("a thousand lines that come at once are all read", |c| {
        over_at_once(c);
        let run = c.run(|| async {
            let (mut keyboard, screen) = duplex(1 << 16);
            let text: String = (0..1000).map(|n| format!("line {n}\n")).collect();
            keyboard.write_all(text.as_bytes()).await.expect("there is room");
            drop(keyboard);
            read_loop(screen, secs(5.0)).await.expect("it can be read").len()
        });
        run.returns(1000, WHOLE);
        run.takes(secs(0.0), "All is there at once.");
    });
}

/// Says something, and cannot be read any further after that.
struct Broken(&'static [u8]);

impl AsyncRead for Broken {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return Poll::Ready(Err(io::Error::other("unplugged")));
        }
        buffer.put_slice(self.0);
        self.0 = b"";
        Poll::Ready(Ok(()))
    }
}

#[test]
fn an_input_that_cannot_be_read() {
    check("an error of the input is handed on", |c| {
        over_at_once(c);
        let run = c.run(|| async {
            let read = read_loop(Broken(b"one\ntwo"), secs(5.0)).await;
            sleep(secs(1.5)).await;
            read.map_err(|error| error.to_string())
        });
        run.returns(Err("unplugged".to_string()), "The input cannot be read: read_loop hands on its error.");
        expect(run.recording().time_of("got [one]").is_some(), WHOLE);
    });
}

#[test]
fn the_program() {
    check("the program: five and a half seconds of slow typing", |c| {
        c.run(async || program().await.is_ok())
            .transcript("program", "Lines as they are whole, a tick each second, and the end on time.");
    });
}
