// rejected with: The stream does not end behind it

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use futures::future::try_join_all;
use reqwest::Client;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, timeout},
};
use workbook::println;

const END_OF_HEAD: &[u8] = b"\r\n\r\n";

const LONGEST_HEAD: usize = 8 * 1024;

const LONGEST_BODY: usize = 1024 * 1024;

const PATIENCE: Duration = Duration::from_secs(10);

fn length_of_body(head: &str) -> usize {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.and_then(|(_, length)| length.trim().parse().ok()).unwrap_or(0)
}

fn is_request(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    words.len() == 3 && words[2].starts_with("HTTP/1.")
}

async fn read_request(mut stream: impl AsyncRead + Unpin) -> io::Result<String> {
    let mut request = Vec::new();
    let end = loop {
        if let Some(at) = request.windows(END_OF_HEAD.len()).position(|bytes| bytes == END_OF_HEAD) {
            break at + END_OF_HEAD.len();
        }
        if request.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if stream.read_buf(&mut request).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    request.truncate(end);
    let mut body = Vec::new();
    let head = String::from_utf8(request).map_err(|_| io::ErrorKind::InvalidData)?;
    let line = head.lines().next().filter(|line| is_request(line)).ok_or(io::ErrorKind::InvalidData)?;
    let length = length_of_body(&head);
    if length > LONGEST_BODY {
        return Err(io::ErrorKind::InvalidData.into());
    }
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(line.to_string())
}

async fn handle(mut stream: TcpStream) -> io::Result<()> {
    let request = match timeout(PATIENCE, read_request(&mut stream)).await? {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let refusal = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            return stream.write_all(refusal.as_bytes()).await;
        }
        request => request?,
    };
    println!("Received request from {}, {request}", stream.peer_addr()?.ip());
    sleep(Duration::from_secs(1)).await;
    let body = "Hello, world!";
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(answer.as_bytes()).await
}

async fn serve(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(handle(stream))),
            Err(_) => sleep(Duration::from_secs(1)).await,
        }
    }
}

async fn visit(client: &Client, server: SocketAddr, path: &str) -> reqwest::Result<()> {
    let response = client.get(format!("http://{server}{path}")).send().await?;
    let status = response.status();
    println!("{path}: {status}, {}", response.text().await?);
    Ok(())
}

async fn program() -> io::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    println!("Serving on {address}");
    let client = Client::builder().no_proxy().build().map_err(io::Error::other)?;
    let visits = ["/", "/news", "/about", "/contact", "/jobs"].map(|path| visit(&client, address, path));
    tokio::select! {
        () = serve(listener) => println!("the server has ended"),
        done = try_join_all(visits) => drop(done.map_err(io::Error::other)?),
    }
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
    Ok(())
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../../checks/29_http_server.rs"]
mod checks;
