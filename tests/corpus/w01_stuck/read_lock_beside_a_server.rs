//! A reader asks again while a writer is waiting for its turn; meanwhile a server answers its client again and again.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::RwLock,
    time::sleep,
};
use workbook::println;

async fn serve(listener: TcpListener) {
    while let Ok((mut socket, _)) = listener.accept().await {
        let mut byte = [0];
        while socket.read_exact(&mut byte).await.is_ok() && socket.write_all(&byte).await.is_ok() {}
    }
}

async fn ping(mut socket: TcpStream) {
    let mut byte = [7];
    while socket.write_all(&byte).await.is_ok() && socket.read_exact(&mut byte).await.is_ok() {
        sleep(Duration::from_secs(1)).await;
    }
}

async fn pinged() -> [tokio::task::JoinHandle<()>; 2] {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap());
    let server = tokio::spawn(serve(listener));
    [server, tokio::spawn(ping(client.await.unwrap()))]
}

pub(crate) async fn faulty() {
    let _server = pinged().await;
    let stock = Arc::new(RwLock::new(3));
    let theirs = stock.clone();
    let before = stock.read().await;
    let order = tokio::spawn(async move { *theirs.write().await -= 1 });
    sleep(Duration::from_millis(500)).await;
    let after = stock.read().await; //~ W01
    println!("{before} {after}");
    drop((before, after));
    order.await.unwrap();
}

pub(crate) async fn right() {
    let server = pinged().await;
    let stock = Arc::new(RwLock::new(3));
    let theirs = stock.clone();
    let before = *stock.read().await;
    let order = tokio::spawn(async move { *theirs.write().await -= 1 });
    sleep(Duration::from_millis(500)).await;
    let after = *stock.read().await;
    println!("{before} {after}");
    order.await.unwrap();
    server.iter().for_each(|task| task.abort());
}
