//! Two tasks of one request are in each other's way, while a server and its heartbeat go on for ever.
//!
//! Source: nearer to <https://github.com/oxidecomputer/omicron/issues/9259>
//! Cause: mutex | lock
//! Cause: channel | room | send

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Mutex, mpsc},
    time::sleep,
};

async fn echo(mut socket: TcpStream) {
    let mut byte = [0];
    while socket.read_exact(&mut byte).await.is_ok() {
        socket.write_all(&byte).await.unwrap();
    }
}

async fn serve(listener: TcpListener) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(echo(socket));
    }
}

async fn heartbeat(server: SocketAddr) {
    let mut socket = TcpStream::connect(server).await.unwrap();
    let mut byte = [7];
    loop {
        socket.write_all(&byte).await.unwrap();
        socket.read_exact(&mut byte).await.unwrap();
        sleep(Duration::from_secs(30)).await;
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(serve(listener));
    tokio::spawn(heartbeat(server));

    let (tx, mut rx) = mpsc::channel::<u32>(1);
    let state = Arc::new(Mutex::new(0));
    let theirs = state.clone();
    let worker = tokio::spawn(async move {
        while let Some(number) = rx.recv().await {
            *theirs.lock().await += number; //~ W01
        }
    });
    let guard = state.lock().await;
    for number in 0..4 {
        tx.send(number).await.unwrap(); //~ W01
    }
    drop(guard);
    drop(tx);
    worker.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
