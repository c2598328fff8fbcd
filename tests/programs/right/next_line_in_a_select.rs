//! `next_line` keeps half a line for the next call, so a select! with ticks may drop it.
//!
//! Source: <https://docs.rs/tokio/latest/tokio/io/struct.Lines.html#method.next_line>

use std::time::Duration;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::{interval, sleep},
};

async fn speak(listener: TcpListener) {
    let (mut socket, _) = listener.accept().await.unwrap();
    for piece in ["hel", "lo\nwor", "ld\n"] {
        socket.write_all(piece.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(35)).await;
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let speaker = tokio::spawn(speak(listener));
    let mut lines = BufReader::new(TcpStream::connect(server).await.unwrap()).lines();
    let mut ticks = interval(Duration::from_millis(20));
    loop {
        tokio::select! {
            line = lines.next_line() => match line.unwrap() {
                Some(line) => println!("{line}"),
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
    speaker.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
