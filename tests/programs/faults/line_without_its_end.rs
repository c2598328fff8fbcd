//! Client and server talk in lines; the client forgets the newline, and each waits for the other.
//!
//! Source: class of <https://docs.rs/tokio-util/latest/tokio_util/codec/struct.LinesCodec.html>
//! Cause: socket | connection

use futures::{SinkExt, StreamExt};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};
use tokio_util::codec::{Framed, LinesCodec};

async fn serve(listener: TcpListener) {
    let (socket, _) = listener.accept().await.unwrap();
    let mut lines = Framed::new(socket, LinesCodec::new());
    while let Some(line) = lines.next().await {
        //~^ W01
        lines.send(line.unwrap()).await.unwrap();
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(serve(listener));
    let mut socket = TcpStream::connect(server).await.unwrap();
    socket.write_all(b"hello").await.unwrap();
    let mut lines = Framed::new(socket, LinesCodec::new());
    let answer = lines.next().await; //~ W01
    println!("{answer:?}");
}

pub(crate) fn main() {
    workbook::run(app())
}
