//! `read_line` has half a line in its own buffer when a tick drops it, and the half is gone.
//!
//! Source: <https://github.com/google/comprehensive-rust/pull/713>
//! Cause: had taken

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
    tokio::spawn(speak(listener));
    let mut reader = BufReader::new(TcpStream::connect(server).await.unwrap());
    let mut ticks = interval(Duration::from_millis(20));
    loop {
        let mut line = String::new();
        tokio::select! {
            count = reader.read_line(&mut line) => { //~ W14
                if count.unwrap() == 0 {
                    break;
                }
                println!("{line:?}");
            }
            _ = ticks.tick() => {}
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
