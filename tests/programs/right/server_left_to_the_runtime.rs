//! A server task that is left to the runtime when the clients are done, as most tests and examples do it.
//!
//! Source: own small program of this shape

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

async fn echo(mut socket: TcpStream) {
    let mut buffer = [0; 32];
    while let Ok(count) = socket.read(&mut buffer).await {
        if count == 0 || socket.write_all(&buffer[..count]).await.is_err() {
            break;
        }
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            tokio::spawn(echo(socket));
        }
    });
    let mut socket = TcpStream::connect(server).await.unwrap();
    socket.write_all(b"ping").await.unwrap();
    let mut answer = [0; 4];
    socket.read_exact(&mut answer).await.unwrap();
    println!("{:?}", std::str::from_utf8(&answer));
}

pub(crate) fn main() {
    workbook::run(app())
}
