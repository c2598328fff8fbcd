//! `join_all` over ten readers of one async fn, each of a socket of its own, with two reads each.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep_until},
};

use crate::expect::{self, due};

const ARMS: u64 = 10;

async fn reads(mut socket: TcpStream) {
    for _ in 0..2 {
        socket.read_exact(&mut [0]).await.unwrap(); //~ at: read
    }
}

async fn writes(mut socket: TcpStream, arm: u64, start: Instant) {
    for number in 0..2 {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        socket.write_all(&[1]).await.unwrap();
    }
    sleep_until(start + Duration::from_secs(60)).await;
}

async fn app() {
    for arm in 0..ARMS {
        expect::at("read").kind("socket").ready(0, due(arm, 0));
        expect::at("read").kind("socket").ready(due(arm, 0), due(arm, 1));
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let start = Instant::now();
    let mut readers = Vec::new();
    for arm in 0..ARMS {
        readers.push(reads(TcpStream::connect(server).await.unwrap()));
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(writes(socket, arm, start));
    }
    futures::future::join_all(readers).await;
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
