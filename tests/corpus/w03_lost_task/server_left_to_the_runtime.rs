//! A server waits for its next client when the main function returns, and so does the task of a connection.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use workbook::println;

async fn echo(mut socket: TcpStream) {
    let mut bytes = [0; 32];
    while let Ok(count) = socket.read(&mut bytes).await {
        if count == 0 || socket.write_all(&bytes[..count]).await.is_err() {
            break;
        }
    }
}

async fn serve(listener: TcpListener, most: usize) {
    for _ in 0..most {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(echo(socket));
    }
}

pub(crate) async fn right() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, 100));
    let mut socket = TcpStream::connect(at).await.unwrap();
    socket.write_all(b"ping").await.unwrap();
    let mut bytes = [0; 4];
    socket.read_exact(&mut bytes).await.unwrap();
    println!("{:?}", std::str::from_utf8(&bytes));
}
