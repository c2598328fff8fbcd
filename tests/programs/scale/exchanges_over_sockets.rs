//! N exchanges of a byte over one socket.
//!
//! Source: own small program of this shape
//! Sizes: 1000 10000

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

async fn app() {
    let exchanges: u64 = std::env::var("N").unwrap().parse().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut byte = [0];
        while socket.read_exact(&mut byte).await.is_ok() {
            socket.write_all(&byte).await.unwrap();
        }
    });
    let mut socket = TcpStream::connect(server).await.unwrap();
    for _ in 0..exchanges {
        let mut byte = [7];
        socket.write_all(&byte).await.unwrap();
        socket.read_exact(&mut byte).await.unwrap();
    }
    drop(socket);
    serving.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
