//! Checks of 34_graceful_shutdown, for the exercise and its solution alike.

use std::{net::SocketAddr, time::Duration};

use super::{GRACE, program, serve};
use futures::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep_until, timeout},
};
use workbook::{
    check::{Checks, Run, check, expect, fail, secs},
    diagnosis::Code,
};

const DELIVERED: &str = "A reply was under way when the signal came, and was never delivered. Do not abort those who are inside, \
                         and do not drop them: wait until they are done.";
const WAITS: &str = "serve returned while replies were still under way. Who spawns a task and forgets it cannot wait for it: keep \
                     them all, in a JoinSet for instance.";
const NO_LONGER: &str =
    "The last one inside was done, and serve did not return: it waits for those who are there, and no longer.";
const LET_IN: &str =
    "A client that came after the signal was let in and served. Stop accepting as soon as the signal comes.";
const DOOR: &str = "A client that came after the signal got a connection, and nobody cared for it.\nWhile the listener is there the \
                    operating system goes on connecting clients: drop it before you wait.";
const GRACE_ENDS: &str = "GRACE after the signal serve returns, whoever is still there: one deadline for all of them together, \
                          counted from the signal.";
const CUT_OFF: &str = "Who is not done GRACE after the signal is cut off: the task is ended and its connection closed before serve \
                       returns.";
const COUNT: &str = "serve returns how many clients had to be cut off: those that were not done when the time was up.";
const AT_ONCE: &str = "Each client is handled in a task of its own: none waits for another.";
const HEARD: &str =
    "The signal has come, and serve did not hear it. Wait for it and for the next client at once, with select!.";
const FAILS: &str = "A client could not be accepted, and serve ended. One failure ends nothing: it pauses for a tenth of a second and \
                     tries again, until the signal comes.";
const DEAF: &str = "A client could not be accepted, serve paused, and the signal came meanwhile. It has to be heard in the pause \
                    too: an await in the arm of a select! waits for nothing else, so let the pause be a part of what is \
                    selected on.";
const UNTIL: &str = "Until the signal comes serve accepts clients, whatever happens to one of them.";

/// What came of a client, and when.
#[derive(Clone, Debug, PartialEq)]
enum Came {
    Reply(String, Duration),
    Refused(Duration),
    /// The connection was closed without a reply.
    Closed(Duration),
    /// Nothing, for ten minutes.
    Nothing,
}
use Came::{Closed, Refused, Reply};

/// A client that comes at this time, and asks for something that takes so many seconds, or never asks.
type Client = (f64, Option<u64>);

/// What came of the server, and of each client.
struct Scene {
    cut_off: usize,
    returned: Duration,
    came: Vec<Came>,
    /// Held until the run is over, so that no task ends only because its client has gone.
    _open: Vec<Option<TcpStream>>,
}

async fn comes(server: SocketAddr, start: Instant, (at, seconds): Client) -> (Came, Option<TcpStream>) {
    sleep_until(start + secs(at)).await;
    let Ok(mut stream) = TcpStream::connect(server).await else { return (Refused(start.elapsed()), None) };
    if let Some(seconds) = seconds {
        let _ = stream.write_all(format!("{seconds}\n").as_bytes()).await;
    }
    let mut reply = Vec::new();
    let came = match timeout(secs(600.0), stream.read_to_end(&mut reply)).await {
        Err(_) => Came::Nothing,
        Ok(_) if reply.is_empty() => Closed(start.elapsed()),
        Ok(_) => Reply(String::from_utf8_lossy(&reply).into_owned(), start.elapsed()),
    };
    (came, Some(stream))
}

async fn bound() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port on the loopback");
    let address = listener.local_addr().expect("the address of a listener");
    (listener, address)
}

/// Serves these clients until the signal comes at that time.
fn serves(c: &Checks, signal: f64, clients: Vec<Client>) -> Run<Scene> {
    c.run(async move || {
        let start = Instant::now();
        let (listener, address) = bound().await;
        let serving = async {
            let cut_off = timeout(secs(900.0), serve(listener, sleep_until(start + secs(signal)))).await;
            (cut_off, start.elapsed())
        };
        let clients = join_all(clients.into_iter().map(|client| comes(address, start, client)));
        let ((cut_off, returned), clients) = tokio::join!(serving, clients);
        let (came, open): (Vec<Came>, _) = clients.into_iter().unzip();
        let Ok(cut_off) = cut_off else {
            let all_done = came.iter().all(|came| matches!(came, Reply(..) | Refused(_)));
            fail(if all_done { HEARD } else { GRACE_ENDS })
        };
        Scene { cut_off, returned, came, _open: open }
    })
}

impl Scene {
    /// This client has its reply, as soon as it can.
    fn has_reply(&self, nth: usize, came: f64, seconds: u64) {
        let at = secs(came + seconds as f64);
        match &self.came[nth] {
            Reply(text, when) => {
                expect(*text == format!("done after {seconds} s"), "The reply is that of handle, for this client.");
                expect(*when == at, AT_ONCE);
            }
            _ => fail(DELIVERED),
        }
    }

    fn is_refused(&self, nth: usize, came: f64) {
        match &self.came[nth] {
            Reply(..) => fail(LET_IN),
            refused => expect(*refused == Refused(secs(came)), DOOR),
        }
    }

    fn returns(&self, at: f64, cut_off: usize) {
        expect(self.returned >= secs(at), WAITS);
        expect(self.returned <= secs(at), NO_LONGER);
        expect(self.cut_off == cut_off, COUNT);
    }
}

#[test]
fn clients_are_served_until_the_signal() {
    check("until the signal comes, clients are served", |c| {
        let run = serves(c, 100.0, vec![(0.0, Some(2)), (0.5, Some(1)), (50.0, Some(3)), (99.0, Some(0))]);
        let scene = run.output();
        for (nth, came, seconds) in [(0, 0.0, 2), (1, 0.5, 1), (2, 50.0, 3), (3, 99.0, 0)] {
            if !matches!(scene.came[nth], Reply(..)) {
                fail(UNTIL);
            }
            scene.has_reply(nth, came, seconds);
        }
        expect(scene.returned >= secs(100.0), UNTIL);
        expect(scene.returned == secs(100.0), HEARD);
        expect(scene.cut_off == 0, COUNT);
        run.says(["stopping"], "serve prints `stopping` when the signal comes.");
        run.transcript("until", "serve prints `stopping` when the signal comes.");
    });
}

#[test]
fn the_signal_is_heard_at_once() {
    check("the signal is heard, also if nobody comes", |c| {
        for signal in [0.0, 7.0] {
            let run = serves(c, signal, vec![]);
            expect(run.output().returned == secs(signal), HEARD);
            expect(run.output().cut_off == 0, COUNT);
        }
    });
}

#[test]
fn replies_under_way_are_delivered() {
    check("replies that are under way are delivered", |c| {
        let run = serves(c, 2.0, vec![(0.0, Some(1)), (0.0, Some(3)), (1.5, Some(5))]);
        let scene = run.output();
        scene.has_reply(0, 0.0, 1);
        scene.has_reply(1, 0.0, 3);
        scene.has_reply(2, 1.5, 5);
        scene.returns(6.5, 0);
        run.nothing_alive(WAITS);
        run.transcript("delivered", "serve prints `stopping` when the signal comes.");
    });
}

#[test]
fn a_hundred_replies_under_way() {
    check("a hundred replies that are under way are all delivered", |c| {
        let run = serves(c, 1.0, vec![(0.0, Some(3)); 100]);
        (0..100).for_each(|nth| run.output().has_reply(nth, 0.0, 3));
        run.output().returns(3.0, 0);
        run.nothing_alive(WAITS);
    });
}

#[test]
fn new_clients_are_refused() {
    check("from the signal on new clients are refused, while the others are still served", |c| {
        let run = serves(c, 1.0, vec![(0.0, Some(4)), (1.5, Some(1)), (3.0, Some(0)), (30.0, Some(1))]);
        let scene = run.output();
        for (nth, came) in [(1, 1.5), (2, 3.0), (3, 30.0)] {
            scene.is_refused(nth, came);
        }
        scene.has_reply(0, 0.0, 4);
        scene.returns(4.0, 0);
    });
}

#[test]
fn whoever_takes_too_long_is_cut_off() {
    check("whoever is not done when the time is up is cut off", |c| {
        let up = secs(1.0) + GRACE;
        // They are dropped before they are done, as is meant here.
        c.allow(Code::W03);
        let run = serves(c, 1.0, vec![(0.0, None), (0.0, Some(2)), (0.5, Some(5)), (0.5, Some(60))]);
        let scene = run.output();
        expect(!matches!(scene.came[0], Reply(..)) && !matches!(scene.came[3], Reply(..)), CUT_OFF);
        scene.has_reply(1, 0.0, 2);
        scene.has_reply(2, 0.5, 5);
        expect(scene.returned >= up, "Clients have until GRACE after the signal, and serve waits for them until then.");
        expect(scene.returned == up, GRACE_ENDS);
        expect(scene.came[0] == Closed(up) && scene.came[3] == Closed(up), CUT_OFF);
        expect(scene.cut_off == 2, COUNT);
        run.nothing_alive(CUT_OFF);
    });
}

#[test]
fn clients_that_go_away() {
    check("clients that vanish end nothing, and nobody waits for them", |c| {
        let run = c.run(async || {
            let start = Instant::now();
            let (listener, address) = bound().await;
            let serving = timeout(secs(900.0), serve(listener, sleep_until(start + secs(3.0))));
            let scene = async {
                let connect = async || TcpStream::connect(address).await.unwrap_or_else(|_| fail(UNTIL));
                drop(connect().await);
                let rude = connect().await;
                rude.set_zero_linger().expect("a socket that can be set");
                drop(rude);
                let mut odd = connect().await;
                let _ = odd.write_all(b"no number\n").await;
                let silent = connect().await;
                let asks = comes(address, start, (1.0, Some(3)));
                let leaves = async {
                    sleep_until(start + secs(3.5)).await;
                    drop(silent);
                };
                tokio::join!(asks, leaves).0.0
            };
            let (cut_off, came) = tokio::join!(serving, scene);
            (cut_off.ok(), came)
        });
        let (cut_off, came) = run.output();
        expect(*came != Refused(secs(1.0)), UNTIL);
        expect(*came == Reply("done after 3 s".to_string(), secs(4.0)), DELIVERED);
        expect(*cut_off == Some(0), COUNT);
        run.takes(secs(4.0), NO_LONGER);
        run.nothing_alive(WAITS);
    });
}

/// A listener that cannot accept anybody: what it listens on is the end of a connection.
#[cfg(unix)]
fn broken() -> TcpListener {
    use std::{
        io::Write,
        net::{TcpListener as Listener, TcpStream as Stream},
        os::fd::OwnedFd,
    };
    let listener = Listener::bind(("127.0.0.1", 0)).expect("a free port on the loopback");
    let mut one = Stream::connect(listener.local_addr().expect("an address")).expect("the listener is there");
    let (other, _) = listener.accept().expect("a client");
    // Something has come, so it is ready: but to be read, not to accept.
    one.write_all(b"hello").expect("a connection");
    other.set_nonblocking(true).expect("a socket that can be set");
    TcpListener::from_std(Listener::from(OwnedFd::from(other))).expect("a runtime")
}

#[cfg(unix)]
#[test]
fn a_client_that_cannot_be_accepted() {
    check("if a client cannot be accepted, serve tries again, and hears the signal meanwhile", |c| {
        for signal in [0.25, 30.05] {
            let run = c.run(async move || {
                let start = Instant::now();
                let cut_off = serve(broken(), sleep_until(start + secs(signal))).await;
                (cut_off, start.elapsed())
            });
            let (cut_off, returned) = *run.output();
            expect(returned >= secs(signal), FAILS);
            expect(returned == secs(signal), DEAF);
            expect(cut_off == 0, COUNT);
        }
    });
}

#[test]
fn the_program() {
    check("the program: one in time, one under way, one silent, one too late", |c| {
        let run = c.run(async || program().await.map_err(|error| error.to_string()));
        run.returns(Ok(()), "The program ends well.");
        run.nothing_alive(CUT_OFF);
        run.transcript("program", "Two hear their replies, one is refused, one is cut off.");
    });
}
