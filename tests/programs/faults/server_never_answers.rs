//! A server of our own reads the request and forgets to answer, with the connection open; the client has no deadline.
//!
//! Source: class of <https://docs.rs/reqwest/latest/reqwest/struct.ClientBuilder.html#method.timeout>
//! Cause: http | answer | socket

use tokio::{io::AsyncReadExt, net::TcpListener};

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = socket.read(&mut request).await;
            open.push(socket);
        }
    });
    let response = reqwest::get(format!("http://{server}/")).await; //~ W01
    println!("{}", response.is_ok());
}

pub(crate) fn main() {
    workbook::run(app())
}
