//! A datagram is sent again until the answer comes; the server drops the first.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/net/struct.UdpSocket.html>

use std::time::Duration;

use tokio::{net::UdpSocket, time::timeout};

async fn serve(socket: UdpSocket) {
    let mut buffer = [0; 64];
    socket.recv_from(&mut buffer).await.unwrap();
    let (count, client) = socket.recv_from(&mut buffer).await.unwrap();
    socket.send_to(&buffer[..count], client).await.unwrap();
}

async fn app() {
    let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = server.local_addr().unwrap();
    let serving = tokio::spawn(serve(server));
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(address).await.unwrap();
    let mut answer = [0; 64];
    let mut sent = 0;
    loop {
        socket.send(b"ping").await.unwrap();
        sent += 1;
        if let Ok(count) = timeout(Duration::from_secs(3), socket.recv(&mut answer)).await {
            println!("{} bytes after {sent} datagrams", count.unwrap());
            break;
        }
    }
    serving.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
