//! The client of the checks, and what it makes of an answer.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpSocket, TcpStream},
    time::{Instant, timeout},
};
use workbook::check::{expect, fail, secs};

use super::{IN_PIECES, TOO_EARLY, WAITS_ON};

const FORM: &str =
    "The answer has another form: a status line, the fields, an empty line, each ended by \\r\\n, then the body.";
const LENGTH: &str =
    "Content-Length is the number of bytes of the body: that is how the client knows where the answer ends.";
const THINKS: &str = "The answer comes one second after the last byte of the request.";
pub(super) const CLOSED: &str = "The answer says `Connection: close`: the connection is closed as soon as it is sent.";

/// A connection that sends at once what it has.
pub(super) async fn connected() -> (TcpStream, TcpStream) {
    let (listener, address) = listener();
    let client = TcpStream::connect(address).await.expect("the listener is there");
    client.set_nodelay(true).expect("a socket that can be set");
    let (server, _) = listener.accept().await.expect("a client");
    (client, server)
}

/// One whose connections send at once what they have.
pub(super) fn listener() -> (TcpListener, SocketAddr) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_nodelay(true).expect("a socket that can be set");
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port on the loopback");
    let listener = socket.listen(1024).expect("a listener");
    let address = listener.local_addr().expect("the address of a listener");
    (listener, address)
}

/// What came within a minute.
pub(super) struct Heard {
    pub(super) text: String,
    pub(super) closed: bool,
    pub(super) at: Duration,
}

pub(super) async fn hears(client: &mut TcpStream, start: Instant) -> Heard {
    let mut bytes = Vec::new();
    let closed = timeout(secs(60.0), client.read_to_end(&mut bytes)).await.is_ok();
    Heard { text: String::from_utf8_lossy(&bytes).into_owned(), closed, at: start.elapsed() }
}

impl Heard {
    /// It is the greeting, whole and at this time.
    pub(super) fn is_hello(&self, at: Duration) {
        if self.text.is_empty() {
            fail(if self.closed { IN_PIECES } else { WAITS_ON });
        }
        let form = format!("{FORM}\n\nyours: {:?}", self.text);
        let Some((head, body)) = self.text.split_once("\r\n\r\n") else { fail(form) };
        expect(!head.starts_with("HTTP/1.1 4"), IN_PIECES);
        expect(self.at >= at - secs(1.0), TOO_EARLY);
        let fields = head.to_lowercase().replace(": ", ":");
        let has = |field: &str| fields.lines().any(|line| line.starts_with(field));
        expect(head.starts_with("HTTP/1.1 200 OK\r\n") && has("content-type:text/plain") && !body.is_empty(), &form);
        let length = format!("{LENGTH}\n\nyours: {:?}", self.text);
        expect(has(&format!("content-length:{}", body.len())), &length);
        expect(body == "Hello, world!", "The body of the answer is `Hello, world!`, and nothing else.");
        expect(self.closed && has("connection:close"), CLOSED);
        expect(self.at == at, THINKS);
    }
}
