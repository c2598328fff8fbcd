//! A select! loop over three sockets and twelve bytes: each turn makes three reads, of which one is ready and two are
//! dropped, each on a line of its own.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep_until},
};

use crate::expect::{self, due};

const ARMS: u64 = 3;
const BYTES: u64 = 4;

fn expect_waits() {
    let bytes = (0..ARMS).flat_map(|arm| (0..BYTES).map(move |number| (due(arm, number), arm)));
    let mut bytes: Vec<(u64, u64)> = bytes.collect();
    bytes.sort_unstable();
    let mut before = 0;
    for (now, winner) in bytes {
        for (arm, place) in (0..).zip(["a", "b", "c"]) {
            let read = expect::at(place).kind("socket");
            if arm == winner { read.ready(before, now) } else { read.dropped(before, now) }
        }
        before = now;
    }
}

async fn writes(mut socket: TcpStream, arm: u64, start: Instant) {
    for number in 0..BYTES {
        sleep_until(start + Duration::from_millis(due(arm, number))).await;
        socket.write_all(&[1]).await.unwrap();
    }
    sleep_until(start + Duration::from_secs(60)).await;
}

async fn app() {
    expect_waits();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let start = Instant::now();
    let mut sockets = Vec::new();
    for arm in 0..ARMS {
        sockets.push(TcpStream::connect(server).await.unwrap());
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(writes(socket, arm, start));
    }
    let [mut a, mut b, mut c]: [TcpStream; 3] = sockets.try_into().unwrap();
    let (mut x, mut y, mut z) = ([0], [0], [0]);
    for _ in 0..ARMS * BYTES {
        tokio::select! {
            read = a.read(&mut x) => { read.unwrap(); } //~ at: a
            read = b.read(&mut y) => { read.unwrap(); } //~ at: b
            read = c.read(&mut z) => { read.unwrap(); } //~ at: c
        }
    }
    sleep_until(start + Duration::from_secs(61)).await;
}

pub(crate) fn main() {
    workbook::run(app())
}
