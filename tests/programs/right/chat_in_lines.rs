//! A chat: each connection reads lines and hears the others through a broadcast channel. It counts what it has missed.
//!
//! Source: class of <https://github.com/tokio-rs/tokio/blob/master/examples/chat.rs>
//! Clock: both

use futures::{SinkExt, StreamExt};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::broadcast::{self, error::RecvError},
};
use tokio_util::codec::{Framed, LinesCodec};

type Lines = Framed<TcpStream, LinesCodec>;

async fn attend(mut lines: Lines, room: broadcast::Sender<String>) {
    let mut heard = room.subscribe();
    lines.send("welcome").await.unwrap();
    loop {
        tokio::select! {
            line = lines.next() => match line {
                Some(line) => { room.send(line.unwrap()).unwrap(); }
                None => break,
            },
            line = heard.recv() => match line {
                Ok(line) => lines.send(line).await.unwrap(),
                Err(RecvError::Lagged(missed)) => lines.send(format!("{missed} lines missed")).await.unwrap(),
                Err(RecvError::Closed) => break,
            },
        }
    }
}

async fn serve(listener: TcpListener) {
    let (room, _) = broadcast::channel(16);
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(attend(Framed::new(socket, LinesCodec::new()), room.clone()));
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener));
    let mut guests = Vec::new();
    for _ in 0..3 {
        let mut lines = Lines::new(TcpStream::connect(server).await.unwrap(), LinesCodec::new());
        println!("{}", lines.next().await.unwrap().unwrap());
        guests.push(lines);
    }
    guests[0].send("hello").await.unwrap();
    for guest in &mut guests {
        println!("{}", guest.next().await.unwrap().unwrap());
    }
    serving.abort();
}

pub(crate) fn main() {
    workbook::run(app())
}
