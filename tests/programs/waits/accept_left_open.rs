//! A server accepts two clients, and waits for a third when main returns.
//!
//! Source: own small program of this shape

use std::time::Duration;

use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::expect;

async fn serve(listener: TcpListener) {
    loop {
        listener.accept().await.unwrap(); //~ at: accept
    }
}

async fn app() {
    let accept = || expect::at("accept").kind("socket").task("task 1");
    accept().ready(0, 100);
    accept().ready(100, 250);
    accept().open(250);
    expect::at("pause").kind("sleep").ready(0, 100);
    expect::at("longer pause").kind("sleep").ready(100, 250);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(serve(listener));
    sleep(Duration::from_millis(100)).await; //~ at: pause
    let first = TcpStream::connect(server).await.unwrap();
    sleep(Duration::from_millis(150)).await; //~ at: longer pause
    let second = TcpStream::connect(server).await.unwrap();
    tokio::task::yield_now().await;
    drop((first, second));
}

pub(crate) fn main() {
    workbook::run(app())
}
