//! Lines over a socket with tokio-util's codec, in two tasks.
//!
//! Source: own small program of this shape

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_util::codec::{Framed, LinesCodec};

use crate::expect;

async fn serve(listener: TcpListener) {
    let (socket, _) = listener.accept().await.unwrap();
    let mut lines = Framed::new(socket, LinesCodec::new());
    loop {
        let line = lines.next().await; //~ at: request
        let Some(line) = line else { break };
        sleep(Duration::from_millis(40)).await; //~ at: work
        lines.send(line.unwrap()).await.unwrap();
    }
}

async fn app() {
    for round in 0..3 {
        expect::at("pause").kind("sleep").ready(50 * round, 50 * round + 10);
        expect::at("work").kind("sleep").task("task 1").ready(50 * round + 10, 50 * round + 50);
        expect::at("answer").kind("socket").ready(50 * round + 10, 50 * round + 50);
        expect::at("request").kind("socket").task("task 1").ready(50 * round, 50 * round + 10);
    }
    expect::at("request").kind("socket").task("task 1").ready(150, 160);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener));
    let mut lines = Framed::new(TcpStream::connect(server).await.unwrap(), LinesCodec::new());
    for _ in 0..3 {
        sleep(Duration::from_millis(10)).await; //~ at: pause
        lines.send("hello").await.unwrap();
        lines.next().await.unwrap().unwrap(); //~ at: answer
    }
    sleep(Duration::from_millis(10)).await;
    drop(lines);
    serving.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
