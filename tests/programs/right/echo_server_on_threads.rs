//! An echo server on two threads, ten clients in a `JoinSet`, and the server aborted at the end.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/#a-simple-tcp-echo-server>

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

async fn serve(listener: TcpListener) {
    loop {
        let (mut socket, _) = listener.accept().await.unwrap();
        tokio::spawn(async move {
            let (mut reader, mut writer) = socket.split();
            copy(&mut reader, &mut writer).await.unwrap();
        });
    }
}

async fn visit(server: SocketAddr, number: u8) -> u32 {
    let mut socket = TcpStream::connect(server).await.unwrap();
    socket.write_all(&[number; 100]).await.unwrap();
    let mut echo = [0; 100];
    socket.read_exact(&mut echo).await.unwrap();
    echo.iter().map(|byte| u32::from(*byte)).sum()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener));
    let mut clients = JoinSet::new();
    for number in 0..10 {
        clients.spawn(visit(server, number));
    }
    let sums = clients.join_all().await;
    println!("{}", sums.iter().sum::<u32>());
    serving.abort();
}

pub(crate) fn main() {
    workbook::run_sync(app)
}
