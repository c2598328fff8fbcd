//! Checks of 28_tcp_echo, for the exercise and its solution alike.

use std::{net::SocketAddr, panic::AssertUnwindSafe, time::Duration};

use super::{echo, program, serve};
use futures::{FutureExt, future::join_all};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    time::{Instant, sleep, sleep_until, timeout},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
};

const AT_ONCE: &str = "What comes is sent back at once, even a single byte: the client waits for it, and sends nothing more until \
                       then.\nA line, a full buffer or the end of the stream never comes; `read` yields what is there.";
const ALL_OF_IT: &str = "Exactly what was sent comes back, and all of it: go on until `read` yields 0.\nWhat is sent back is the \
                         part of the buffer that was read, with `write_all`, since `write` may take only half of it.";
const CLOSED: &str = "The connection was closed while its client was still there: echo goes on until `read` yields 0, however long the \
                      client is silent.\nIf nothing at all was sent back: a future that nobody polls does nothing, and is \
                      dropped with its stream.";
const GONE: &str = "The client has nothing more to send, or is gone: `read` yields 0 or an error. Then echo ends, and the \
                    connection is closed.";
const COUNT: &str = "echo yields how many bytes were sent back.";
const OWN_TASK: &str = "One client held up another: while one is silent, or does not read, the others are served.\nGive each \
                        connection a task of its own, and go back to accept.";
const ENDED: &str = "The server has ended. It accepts clients for ever, and whatever happens to one of them, an error or a panic, \
                     is no matter of the others.";
const SAYS: &str = "A line for each client, as soon as it has connected.";

/// The sizes of the buffers of the server's sockets and of the clients'. They are soon full, also for an echo that goes byte
/// by byte; and as the pieces that come in and those that go out have other sizes, room is left for a part of a piece.
const BUFFERS: (u32, u32) = (30_000, 12_345);

/// So much is read at a time, at most.
const PART: usize = 10_007;

/// A socket with small buffers that sends what it has at once. One that is accepted is as its listener is.
fn socket(buffer: u32) -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_send_buffer_size(buffer).and_then(|()| socket.set_recv_buffer_size(buffer)).expect("buffers");
    socket.set_nodelay(true).expect("a socket that can be set");
    socket
}

fn listener() -> (TcpListener, SocketAddr) {
    let socket = socket(BUFFERS.0);
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port on the loopback");
    let listener = socket.listen(1024).expect("a listener");
    let address = listener.local_addr().expect("the address of a listener");
    (listener, address)
}

async fn connect(server: SocketAddr) -> TcpStream {
    socket(BUFFERS.1).connect(server).await.expect("the listener is there")
}

/// As many bytes as these, or what had come when the connection was closed, or after a minute. They are read in parts, so
/// that the echo finds now more room, now less.
async fn hears(stream: &mut TcpStream, expected: usize) -> Vec<u8> {
    let start = Instant::now();
    let mut heard = vec![0; expected];
    let mut length = 0;
    while length < expected {
        let end = expected.min(length + PART);
        match timeout(secs(60.0), stream.read(&mut heard[length..end])).await {
            Ok(Ok(read)) if read > 0 => length += read,
            _ => break,
        }
        if length < expected {
            sleep(secs(0.001)).await;
        }
    }
    // How many parts it came in is the operating system's business, so the pauses take a second in all.
    if length == expected && !start.elapsed().is_zero() {
        sleep_until(start + secs(1.0)).await;
    }
    heard.truncate(length);
    heard
}

/// Says something and is to hear the same, without any time going by.
async fn says(stream: &mut TcpStream, said: &[u8], idea: &str) {
    let start = Instant::now();
    let written = stream.write_all(said).await;
    let heard = hears(stream, said.len()).await;
    let took = start.elapsed();
    if heard.len() < said.len() && said.starts_with(&heard) {
        fail(if took.is_zero() { CLOSED } else { idea });
    }
    expect(heard == said, ALL_OF_IT);
    expect(took.is_zero(), idea);
    expect(written.is_ok(), CLOSED);
}

/// True if the server closes the connection, and sends nothing before it does.
async fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(timeout(secs(60.0), stream.read(&mut [0])).await, Ok(Ok(0) | Err(_)))
}

/// Bytes of which no two pieces are alike.
fn bytes(from: usize, count: usize) -> Vec<u8> {
    (from..from + count).map(|nth| (nth % 251) as u8).collect()
}

/// Sends without reading until no more is taken, and yields how much that was. Takes a second.
async fn floods(stream: &mut TcpStream) -> usize {
    let mut sent = 0;
    while sent < 1 << 22 {
        match timeout(secs(1.0), stream.write(&bytes(sent, 1 << 15))).await {
            Ok(Ok(written)) => sent += written,
            _ => break,
        }
    }
    sent
}

/// Closes the connection the hard way.
fn resets(stream: TcpStream) {
    stream.set_zero_linger().expect("a socket that can be set");
}

/// Runs echo for one client, which is done when `scene` is.
fn echoes<T: 'static>(
    c: &Checks,
    scene: impl AsyncFnOnce(TcpStream) -> T + 'static,
) -> Run<(T, std::io::Result<u64>, Duration)> {
    c.run(async || {
        let start = Instant::now();
        let (listener, address) = listener();
        let client = connect(address).await;
        let (stream, _) = listener.accept().await.expect("a client");
        let echoing = async {
            let echoed = timeout(secs(600.0), echo(stream)).await;
            (echoed, start.elapsed())
        };
        let (done, (echoed, at)) = tokio::join!(scene(client), echoing);
        match echoed {
            Ok(echoed) => (done, echoed, at),
            Err(_) => fail(GONE),
        }
    })
}

/// Serves while `scene` talks to the server. When it is done, so are its clients.
fn serving<T: 'static>(c: &Checks, scene: impl AsyncFnOnce(SocketAddr) -> T + 'static) -> Run<T> {
    // It is the check that ends the server; what is to be said of tasks that are left is said here.
    c.allow(Code::W03);
    let run = c.run(async || {
        let (listener, address) = listener();
        tokio::select! {
            _ = AssertUnwindSafe(serve(listener)).catch_unwind() => fail(ENDED),
            done = scene(address) => done,
        }
    });
    run.nothing_alive(GONE);
    run
}

#[test]
fn what_comes_is_sent_back_at_once() {
    check("echo sends back at once what has come", |c| {
        let run = echoes(c, async |mut client| {
            for said in [&b"hello"[..], b"w", b"orld\n", b"\n\nlong after"] {
                says(&mut client, said, AT_ONCE).await;
                sleep(secs(100.0)).await;
            }
            // No text at all, a byte at a time.
            for byte in [b'c', 0xC3, 0xA9, 0, 0xFF, b'\r'] {
                says(&mut client, &[byte], AT_ONCE).await;
                sleep(secs(0.25)).await;
            }
        });
        let (_, echoed, _) = run.output();
        expect(echoed.as_ref().is_ok_and(|count| *count == 29), COUNT);
    });
}

#[test]
fn it_ends_with_the_client() {
    check("echo ends when its client has no more to send, and closes the connection", |c| {
        let run = echoes(c, async |mut client| {
            sleep(secs(1.0)).await;
            client.write_all(b"that is all").await.expect("a connection");
            client.shutdown().await.expect("a connection");
            let heard = hears(&mut client, 11).await;
            expect(heard == b"that is all", ALL_OF_IT);
            expect(is_closed(&mut client).await, GONE);
        });
        let (_, echoed, at) = run.output();
        expect(*at == secs(1.0), GONE);
        expect(matches!(echoed, Ok(11)), COUNT);
        // One that says nothing at all.
        let run = echoes(c, async |client| drop(client));
        expect(run.output().2.is_zero(), GONE);
        expect(matches!(run.output().1, Ok(0)), COUNT);
    });
}

#[test]
fn a_broken_connection_ends_it() {
    check("echo ends when its client breaks the connection, whatever it was doing", |c| {
        let run = echoes(c, async |mut client| {
            says(&mut client, b"hello", AT_ONCE).await;
            resets(client);
        });
        expect(run.output().2.is_zero(), GONE);
        // The answer was on its way.
        let run = echoes(c, async |mut client| {
            floods(&mut client).await;
            resets(client);
        });
        expect(run.output().2 == secs(1.0), GONE);
    });
}

#[test]
fn all_of_it_comes_back() {
    check("echo sends back all of it, also to a client that reads late", |c| {
        let run = echoes(c, async |mut client| {
            let sent = floods(&mut client).await;
            let heard = hears(&mut client, sent).await;
            expect(heard == bytes(0, sent), ALL_OF_IT);
            sent
        });
        let (sent, echoed, _) = run.output();
        expect(echoed.as_ref().is_ok_and(|count| *count == *sent as u64), COUNT);
    });
}

#[test]
fn a_silent_client_holds_up_nobody() {
    check("a silent first client does not hold up the second", |c| {
        let run = serving(c, async |server| {
            let mut silent = connect(server).await;
            sleep(secs(1.0)).await;
            let mut second = connect(server).await;
            says(&mut second, b"hello", OWN_TASK).await;
            sleep(secs(1200.0)).await;
            // Both are served still.
            says(&mut second, b"again", OWN_TASK).await;
            says(&mut silent, b"at last", OWN_TASK).await;
        });
        run.says([CONNECTED; 2], SAYS);
        run.transcript("silent", SAYS);
    });
}

#[test]
fn a_hundred_clients_at_once() {
    check("a hundred clients talk at once, and each hears its own words", |c| {
        let run = serving(c, async |server| {
            let talks = (0..100).map(|nth| async move {
                let mut client = connect(server).await;
                for word in ["hello", "world"] {
                    says(&mut client, format!("{word} {nth}").as_bytes(), OWN_TASK).await;
                    sleep(secs(1.0)).await;
                }
            });
            join_all(talks).await;
        });
        run.takes(secs(2.0), OWN_TASK);
        run.says([CONNECTED; 100], SAYS);
    });
}

#[test]
fn a_client_that_does_not_read() {
    check("a client that sends and does not read holds up nobody", |c| {
        serving(c, async |server| {
            let mut first = connect(server).await;
            let mut flooding = connect(server).await;
            let sent = floods(&mut flooding).await;
            says(&mut first, b"hello", OWN_TASK).await;
            says(&mut connect(server).await, b"hello", OWN_TASK).await;
            expect(hears(&mut flooding, sent).await == bytes(0, sent), ALL_OF_IT);
        });
    });
}

#[test]
fn clients_that_go_away() {
    check("clients that vanish end neither the server nor the others", |c| {
        let run = serving(c, async |server| {
            let mut first = connect(server).await;
            for nth in 0..3 {
                // One that leaves at once, one that breaks the connection, and one whose answer was on its way.
                drop(connect(server).await);
                resets(connect(server).await);
                let mut rude = connect(server).await;
                floods(&mut rude).await;
                drop(rude);
                says(&mut first, format!("still here, {nth}").as_bytes(), OWN_TASK).await;
            }
            sleep(secs(1.0)).await;
            says(&mut first, b"and now", OWN_TASK).await;
            let mut last = connect(server).await;
            says(&mut last, b"hello", OWN_TASK).await;
            last.shutdown().await.expect("a connection");
            expect(is_closed(&mut last).await, GONE);
        });
        run.says([CONNECTED; 11], SAYS);
    });
}

#[test]
fn the_program() {
    check("the program: two talk, and one is silent", |c| {
        let run = c.run(async || program().await.map_err(|error| error.to_string()));
        run.returns(Ok(()), "The program ends well.");
        run.transcript("program", "Each hears its words at once, beside one that says nothing.");
    });
}

const CONNECTED: &str = "Received a connection from 127.0.0.1";
