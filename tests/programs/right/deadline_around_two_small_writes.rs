//! Two small writes in a row, and a deadline around each answer that must not fire.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 8];
        for _ in 0..3 {
            socket.read_exact(&mut request).await.unwrap();
            socket.write_all(b"ok").await.unwrap();
        }
    });
    let mut socket = TcpStream::connect(server).await.unwrap();
    for _ in 0..3 {
        socket.write_all(b"head").await.unwrap();
        socket.write_all(b"body").await.unwrap();
        let mut answer = [0; 2];
        if timeout(Duration::from_secs(10), socket.read_exact(&mut answer)).await.is_err() {
            println!("the deadline fired");
            break;
        }
        println!("ok");
    }
    drop(socket);
    let _ = serving.await;
}

pub(crate) fn main() {
    workbook::run(app())
}
