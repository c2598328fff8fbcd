//! Two small writes in a row, the answer after the second. On Linux's loopback the second waits for a delayed
//! acknowledgement: 40 ms of real time.
//!
//! Source: own small program of this shape
//! Clock: both

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 8];
        for _ in 0..5 {
            socket.read_exact(&mut request).await.unwrap();
            socket.write_all(b"ok").await.unwrap();
        }
    });
    let mut socket = TcpStream::connect(server).await.unwrap();
    for _ in 0..5 {
        socket.write_all(b"head").await.unwrap();
        socket.write_all(b"body").await.unwrap();
        let mut answer = [0; 2];
        socket.read_exact(&mut answer).await.unwrap();
    }
    serving.await.unwrap();
    println!("five answers");
}

pub(crate) fn main() {
    workbook::run(app())
}
