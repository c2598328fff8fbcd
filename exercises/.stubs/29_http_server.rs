//! A web server by hand. TCP carries a stream of bytes, not messages: a request may come in one piece, or in twenty.
//! And the stream does not end behind it, since the client keeps its side open to hear the answer. Where a request
//! ends, only the request itself says: there is an empty line behind its head, and the head tells how long a body
//! follows.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use futures::future::try_join_all;
use reqwest::Client;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, timeout},
};
use workbook::println;

/// What a head ends with: the end of its last line, and an empty line.
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// A longer head than this is not read.
const LONGEST_HEAD: usize = 8 * 1024;

/// Nor is a longer body than this.
const LONGEST_BODY: usize = 1024 * 1024;

/// A client has this long to send its request.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the body is that follows a head, as the line `Content-Length: 5` says; 0 if there is no such line.
fn length_of_body(head: &str) -> usize {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.and_then(|(_, length)| length.trim().parse().ok()).unwrap_or(0)
}

/// True if this is the first line of a request, like `GET / HTTP/1.1`.
fn is_request(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    words.len() == 3 && words[2].starts_with("HTTP/1.")
}

/// Reads a request, to its end and not to that of the stream: its head, up to and with the empty line, and then as
/// many bytes of body as `length_of_body` says. Yields the first line, like `GET / HTTP/1.1`, as soon as the last
/// byte has come.
///
/// # Errors
/// If the stream ends or breaks before; and with `InvalidData` if the head is no text, or does not begin as
/// `is_request` wants it, or is longer than `LONGEST_HEAD`, of which no more is read then; or if it announces a body longer
/// than `LONGEST_BODY`, which is not waited for.
async fn read_request(mut stream: impl AsyncRead + Unpin) -> io::Result<String> {
    todo!(
        "read until the empty line has come, look at the head, read its body if it is not too long, and yield the first line"
    )
}

/// Answers one client. Reads its request, prints `Received request from 127.0.0.1, GET / HTTP/1.1`, thinks for a
/// second, and sends this answer, each line of its head ended by `\r\n`, with the right number at `Content-Length`.
/// Then the connection is closed.
///
/// ```text
/// HTTP/1.1 200 OK
/// Content-Type: text/plain
/// Content-Length: …
/// Connection: close
///
/// Hello, world!
/// ```
///
/// What is no request, or is too long, is answered at once, with `HTTP/1.1 400 Bad Request` and no body, and nothing is
/// printed. A client whose request is not whole when its `PATIENCE` is over gets no answer.
///
/// # Errors
/// If the connection breaks, or ends before the request does; and with `TimedOut` if `PATIENCE` is over before that.
async fn handle(mut stream: TcpStream) -> io::Result<()> {
    todo!("read the request while your patience lasts, or refuse what is none; say what came; think; answer")
}

/// Accepts clients for ever; each is handled by a task of its own.
async fn serve(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(handle(stream))),
            Err(_) => sleep(Duration::from_secs(1)).await,
        }
    }
}

/// Asks for a page, and prints what comes.
async fn visit(client: &Client, server: SocketAddr, path: &str) -> reqwest::Result<()> {
    let response = client.get(format!("http://{server}{path}")).send().await?;
    let status = response.status();
    println!("{path}: {status}, {}", response.text().await?);
    Ok(())
}

/// The server, and five clients that come at once. They share a `Client`, as it should be.
async fn program() -> io::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    println!("Serving on {address}");
    let client = Client::builder().no_proxy().build().map_err(io::Error::other)?;
    let visits = ["/", "/news", "/about", "/contact", "/jobs"].map(|path| visit(&client, address, path));
    tokio::select! {
        () = serve(listener) => println!("the server has ended"),
        done = try_join_all(visits) => drop(done.map_err(io::Error::other)?),
    }
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
    Ok(())
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../tests/checks/29_http_server.rs"]
mod checks;
