//! Checks of 29_http_server, for the exercise and its solution alike.

#[path = "29_http_server/scene.rs"]
mod scene;

use std::{io::ErrorKind, net::SocketAddr, time::Duration};

use super::{handle, program, read_request, serve};
use futures::future::join_all;
use reqwest::Client;
use scene::{CLOSED, Heard, connected, hears, listener};
use tokio::{
    io::{AsyncWriteExt, duplex},
    net::TcpStream,
    time::{Instant, sleep, sleep_until, timeout},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
};

const WAITS_ON: &str = "The request was whole, and was waited for all the same. The stream does not end behind it: the client waits \
                        for its answer.\nThe empty line ends the head; behind it comes the body, if there is one.";
const IN_PIECES: &str = "A request may come in pieces, cut anywhere, in the middle of the empty line or of the body too.\nOne read \
                         yields what has come so far: collect it, and go on reading until the request is whole.";
const TOO_EARLY: &str =
    "The request was not whole yet: its head ends with the empty line, and its body is as long as the head says.";
const ENDS_EARLY: &str =
    "The client went away before its request was whole: a read yields 0 or an error. That is an error, at once.";
const INVALID: &str = "What is no request is an error of the kind InvalidData, as soon as the empty line has come.";
const BOUNDED: &str =
    "A head that never ends is read for ever, and kept. Who has sent more than LONGEST_HEAD of it gets an error.";
const TOO_LONG: &str = "A head that announces a body longer than LONGEST_BODY is an error of the kind InvalidData, as soon as the empty \
                        line has come. To wait for all of it, and keep it, is to give your memory to anyone who asks for it.";
const LONG: &str = "A head of 7,000 bytes is not too long, and a body of LONGEST_BODY bytes may still come: only a longer one \
                    is refused.";
const ENDLESS: &str = "A client sends half a request and then nothing, and handle waits for the rest. It keeps its task and its \
                       connection for ever: put a `timeout` around the reading.";
const PATIENT: &str = "PATIENCE holds for the whole request, its head and its body together, and counts from the start. A timeout \
                       around each read begins anew whenever a byte comes.";
const TIMED_OUT: &str = "When PATIENCE is over before the request is whole, handle returns an error of the kind TimedOut, and sends \
                         and prints nothing.";
const PRINTS: &str =
    "The first line of each request is printed when the request is whole, before the second of thought.";
const REFUSED: &str = "What is no request is refused at once, with 400 Bad Request. Nothing is printed.";
const AT_ONCE: &str = "Each client waits for its own second and for nobody else's.";

/// Pieces of a request, and when they come, in seconds.
type Pieces = &'static [(f64, &'static [u8])];

/// What the constant of this name in the exercise says.
const LONGEST_BODY: usize = 1024 * 1024;

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Runs `read_request` on a stream that stays open, or is closed behind the last piece; yields what came of it, and when.
fn reads(c: &Checks, pieces: Pieces, stays: bool) -> Run<(Option<Result<String, ErrorKind>>, Duration)> {
    c.run(async move || {
        let start = Instant::now();
        let (mut client, mut server) = duplex(1 << 21);
        let sending = async {
            for (at, piece) in pieces {
                sleep_until(start + secs(*at)).await;
                client.write_all(piece).await.expect("room for a piece");
            }
            stays.then_some(client)
        };
        let reading = async {
            let read = timeout(secs(60.0), read_request(&mut server)).await;
            (read.ok().map(|read| read.map_err(|error| error.kind())), start.elapsed())
        };
        tokio::join!(sending, reading).1
    })
}

/// The request is read, when its last piece has come.
fn is_read(c: &Checks, pieces: Pieces, line: &str) {
    let run = reads(c, pieces, true);
    let (read, at) = run.output();
    let end = secs(pieces.last().map_or(0.0, |(at, _)| *at));
    let Some(read) = read else { fail(WAITS_ON) };
    if let Err(kind) = read {
        fail(format!("{IN_PIECES}\n\nyours: an error, {kind:?}"));
    }
    expect(*at >= end, TOO_EARLY);
    expect(*at == end, WAITS_ON);
    run.returns((Some(Ok(line.to_string())), end), "read_request yields the first line, without its end.");
}

#[test]
fn a_request_is_read_to_its_end() {
    check("a request is read to its end, and not to that of the stream", |c| {
        is_read(c, &[(0.0, GET)], "GET / HTTP/1.1");
        is_read(c, &[(1.0, b"HEAD /a%20b?c=d HTTP/1.0\r\n\r\n")], "HEAD /a%20b?c=d HTTP/1.0");
        // The next one may be there already.
        is_read(c, &[(1.0, b"GET /one HTTP/1.1\r\n\r\nGET /two HTTP/1.1\r\n\r\n")], "GET /one HTTP/1.1");
    });
}

#[test]
fn a_request_in_pieces() {
    check("a request may come in pieces, cut anywhere, with or without a body", |c| {
        is_read(c, &[(0.0, b"GE"), (1.0, b"T /news HTTP/1.1\r\nHost: a\r\n"), (2.5, b"\r\n")], "GET /news HTTP/1.1");
        is_read(c, &[(0.0, b"GET / HTTP/1.1\r\nHost: a\r"), (1.0, b"\n\r"), (2.0, b"\n")], "GET / HTTP/1.1");
        let two_bytes: Pieces = &[(0.0, b"GET / HTTP/1.1\r"), (1.0, b"\nA: \xC3"), (2.0, b"\xA9\r\n\r\n")];
        is_read(c, two_bytes, "GET / HTTP/1.1");
        let line = "POST /form HTTP/1.1";
        is_read(c, &[(1.0, b"POST /form HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")], line);
        is_read(c, &[(0.0, b"POST /form HTTP/1.1\r\ncontent-length:5\r\nA: b\r\n\r\n"), (2.0, b"hello")], line);
        let crlf: Pieces =
            &[(0.0, b"POST /form HTTP/1.1\r\nContent-Length: 8\r\n\r\n\r\n"), (1.0, b"\r\n\xFF"), (2.0, b"\n\r\n")];
        is_read(c, crlf, line);
    });
}

#[test]
fn what_is_no_request() {
    check("what is no request is an error", |c| {
        let none: [&[u8]; 4] =
            [b"hello\r\nhow are you?\r\n\r\n", b"\x16\x03\0\xFF\r\n\r\n", b"GET /\r\n\r\n", b"\r\n\r\n"];
        for said in none {
            let run = reads(c, vec![(1.0, said)].leak(), true);
            expect(*run.output() == (Some(Err(ErrorKind::InvalidData)), secs(1.0)), INVALID);
        }
    });
}

#[test]
fn a_request_that_breaks_off() {
    check("a request that breaks off is an error, at once", |c| {
        let broken: [&[u8]; 4] =
            [b"", b"GET / HT", b"GET / HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhell"];
        for piece in broken {
            let run = reads(c, vec![(0.0, piece), (1.0, b"")].leak(), false);
            expect(matches!(run.output().0, Some(Err(_))) && run.output().1 == secs(1.0), ENDS_EARLY);
        }
    });
}

/// A request whose head goes on for so many bytes, and then for ever.
fn endless(length: usize) -> Vec<u8> {
    [b"GET / HTTP/1.1\r\nHost: ", &*vec![b'a'; length]].concat()
}

#[test]
fn a_head_without_an_end() {
    check("a head may be long, but not without an end", |c| {
        let long = [&*endless(7000), b"\r\n\r\n"].concat();
        is_read(c, vec![(1.0, &*long.leak())].leak(), "GET / HTTP/1.1");
        let run = reads(c, vec![(1.0, &*endless(1 << 20).leak())].leak(), true);
        expect(*run.output() == (Some(Err(ErrorKind::InvalidData)), secs(1.0)), BOUNDED);
    });
}

#[test]
fn a_body_that_is_too_long() {
    check("a body may be long, but a longer one than LONGEST_BODY is not waited for", |c| {
        let head = format!("PUT / HTTP/1.1\r\nContent-Length: {LONGEST_BODY}\r\n\r\n");
        let longest = vec![(0.0, head.leak().as_bytes()), (1.0, &*vec![b'a'; LONGEST_BODY].leak())].leak();
        let run = reads(c, longest, true);
        expect(matches!(run.output().0, Some(Ok(_))), LONG);
        is_read(c, longest, "PUT / HTTP/1.1");
        for length in [LONGEST_BODY + 1, 400_000_000] {
            let head = format!("PUT / HTTP/1.1\r\nContent-Length: {length}\r\n\r\nabc");
            let run = reads(c, vec![(1.0, head.leak().as_bytes())].leak(), true);
            expect(*run.output() == (Some(Err(ErrorKind::InvalidData)), secs(1.0)), TOO_LONG);
        }
    });
}

/// Runs `handle` with a client that sends these pieces, and keeps the connection open to hear the answer.
fn handles(c: &Checks, pieces: Pieces) -> Run<Heard> {
    c.run(async move || {
        let (mut client, server) = connected().await;
        let start = Instant::now();
        let asking = async {
            for (at, piece) in pieces {
                sleep_until(start + secs(*at)).await;
                let _ = client.write_all(piece).await;
            }
            hears(&mut client, start).await
        };
        tokio::join!(asking, timeout(secs(120.0), handle(server))).0
    })
}

#[test]
fn a_client_is_greeted() {
    check("handle answers one second after the request", |c| {
        let run = handles(c, &[(0.5, GET)]);
        run.output().is_hello(secs(1.5));
        run.takes(secs(1.5), CLOSED);
        run.transcript("greeted", PRINTS);
    });
}

#[test]
fn a_client_that_asks_in_pieces() {
    check("handle answers a request that is split over several writes", |c| {
        let run = handles(c, &[(0.0, b"G"), (0.5, b"ET /sl"), (2.0, b"ow HTTP/1.1\r\nHost: a\r\n\r"), (3.0, b"\n")]);
        run.output().is_hello(secs(4.0));
        run.transcript("in_pieces", PRINTS);
        let run = handles(c, &[(0.0, b"PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\nto"), (1.0, b" be"), (2.0, b" or ")]);
        run.output().is_hello(secs(3.0));
    });
}

#[test]
fn a_client_that_talks_nonsense() {
    check("handle refuses what is no request", |c| {
        let long_body = b"PUT / HTTP/1.1\r\nContent-Length: 400000000\r\n\r\n";
        let nonsense: [&[u8]; 4] = [b"hello\r\n\r\n", b"\xFF\0\xFE\r\n\r\n", long_body, endless(1 << 20).leak()];
        for said in nonsense {
            let run = handles(c, vec![(1.0, said)].leak());
            let Heard { text, closed, at } = run.output();
            expect(*closed || said.len() < 1 << 20, BOUNDED);
            // Whether an answer arrives over which the connection is closed is a matter of luck.
            expect(*closed && *at == secs(1.0), REFUSED);
            let status = if said.len() < 1 << 20 { "HTTP/1.1 400 Bad Request\r\n" } else { "HTTP/1.1 4" };
            expect(text.is_empty() || text.starts_with(status), REFUSED);
            expect(run.recording().prints.is_empty(), REFUSED);
        }
    });
}

#[test]
fn a_client_that_goes_away() {
    check("handle ends when its client has gone away", |c| {
        let said: [(&[u8], f64); 3] = [(b"", 0.5), (b"GET / HTTP", 0.5), (GET, 1.0)];
        for (piece, end) in said {
            let run = c.run(async move || {
                let (mut client, server) = connected().await;
                let leaving = async {
                    client.write_all(piece).await.expect("a connection");
                    sleep(secs(0.5)).await;
                    client.set_zero_linger().expect("a socket that can be set");
                    drop(client);
                };
                tokio::join!(leaving, timeout(secs(60.0), handle(server))).1.is_ok()
            });
            run.returns(true, ENDS_EARLY);
            // Who looks out for it knows before the second of thought is over.
            expect(run.recording().elapsed() <= secs(end), ENDS_EARLY);
        }
    });
}

#[test]
fn a_client_that_is_too_slow() {
    check("handle waits ten seconds for a request, and no longer", |c| {
        // One that stops in its head, one that goes on a byte at a time, and one whose body does not come.
        let silent: Pieces = &[(0.0, b"GET / HT")];
        let trickling: Pieces = &[(0.0, b"GET / HT"), (4.0, b"T"), (8.0, b"P"), (9.0, b"/1.1\r\n"), (12.0, b"\r\n")];
        let no_body: Pieces =
            &[(0.0, b"PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\n"), (8.0, b"to be"), (12.0, b" or ")];
        for (pieces, idea) in [(silent, ENDLESS), (trickling, PATIENT), (no_body, PATIENT)] {
            let run = c.run(async move || {
                let (mut client, server) = connected().await;
                let start = Instant::now();
                let asking = async {
                    for (at, piece) in pieces {
                        sleep_until(start + secs(*at)).await;
                        // The server may have hung up.
                        let _ = client.write_all(piece).await;
                    }
                };
                let handling = async { (timeout(secs(60.0), handle(server)).await, start.elapsed()) };
                tokio::join!(asking, handling).1
            });
            let (handled, at) = run.output();
            expect(*at == secs(10.0), idea);
            let kind = handled.as_ref().ok().and_then(|handled| Some(handled.as_ref().err()?.kind()));
            expect(kind == Some(ErrorKind::TimedOut) && run.recording().prints.is_empty(), TIMED_OUT);
        }
        let run = handles(c, &[(0.0, b"GET / HTTP/1.1\r\n"), (9.0, b"\r\n")]);
        run.output().is_hello(secs(10.0));
    });
}

/// Serves while `scene` talks to the server.
fn serving<T: 'static>(c: &Checks, scene: impl AsyncFnOnce(SocketAddr) -> T + 'static) -> Run<T> {
    c.run(async || {
        let (listener, address) = listener();
        tokio::select! {
            () = serve(listener) => fail("The server has ended. It accepts clients for ever."),
            done = scene(address) => done,
        }
    })
}

#[test]
fn five_at_once() {
    check("five clients at once are all answered after one second", |c| {
        c.allow(Code::W04);
        let run = serving(c, async |server| {
            let silent = TcpStream::connect(server).await;
            let client = Client::builder().no_proxy().build().expect("a client");
            let ask = async |nth: usize| {
                // The last one sends a body, and gets its answer all the same.
                let url = format!("http://{server}/{nth}");
                let request = if nth == 4 { client.post(url).body(vec![b'a'; 300_000]) } else { client.get(url) };
                let response = request.send().await?;
                Ok((response.status().as_u16(), response.content_length(), response.text().await?))
            };
            let asked: Vec<reqwest::Result<_>> = join_all((0..5).map(ask)).await;
            drop(silent);
            asked.into_iter().map(|answer| answer.map_err(|error| format!("{error:?}"))).collect::<Vec<_>>()
        });
        for answer in run.output() {
            if *answer != Ok((200, Some(13), "Hello, world!".to_string())) {
                fail(format!("An HTTP client does not understand the answer.\n\nwhat it says: {answer:?}"));
            }
        }
        run.overlap(run.recording().timers(), 5, AT_ONCE);
        run.takes(secs(1.0), AT_ONCE);
        run.transcript("five", PRINTS);
    });
}

#[test]
fn the_program() {
    check("the program: five visits at once", |c| {
        let run = c.allow(Code::W04).run(async || program().await.map_err(|error| error.to_string()));
        run.returns(Ok(()), "The program ends well.");
        run.transcript("program", "All five are answered after one second.");
    });
}
