//! reqwest against a plain HTTP server on a thread, which needs 100 ms; reqwest's own timeout of half a minute must not
//! fire.
//!
//! Source: own small program of this shape

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use reqwest::Client;

fn serve_once(listener: &TcpListener) {
    let (mut socket, _) = listener.accept().unwrap();
    let _ = socket.read(&mut [0; 1024]).unwrap();
    thread::sleep(Duration::from_millis(100));
    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").unwrap();
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap();
    thread::spawn(move || serve_once(&listener));
    let client = Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
    match client.get(format!("http://{server}/")).send().await {
        Ok(response) => println!("{}", response.text().await.unwrap()),
        Err(error) => println!("it failed, timeout: {}", error.is_timeout()),
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
