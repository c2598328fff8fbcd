// rejected with: The server has ended

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};
use workbook::println;

async fn echo(mut stream: TcpStream) -> io::Result<u64> {
    let mut buffer = [0; 4096];
    let mut echoed = 0;
    loop {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(echoed);
        }
        stream.write_all(&buffer[..read]).await?;
        echoed += read as u64;
    }
}

async fn serve(listener: TcpListener) {
    let mut clients = futures::stream::FuturesUnordered::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, client) = accepted.unwrap();
                println!("Received a connection from {}", client.ip());
                clients.push(echo(stream));
            }
            Some(echoed) = futures::StreamExt::next(&mut clients) => {
                echoed.unwrap();
            }
        }
    }
}

async fn talk(server: SocketAddr, name: &str, pause: Duration) -> io::Result<()> {
    let mut stream = TcpStream::connect(server).await?;
    for word in ["hello", "hollow", "world"] {
        sleep(pause).await;
        stream.write_all(word.as_bytes()).await?;
        let mut heard = vec![0; word.len()];
        stream.read_exact(&mut heard).await?;
        println!("{name} hears {}", String::from_utf8_lossy(&heard));
    }
    Ok(())
}

async fn clients(server: SocketAddr) -> io::Result<()> {
    let silent = TcpStream::connect(server).await?;
    tokio::try_join!(
        talk(server, "Alice", Duration::from_millis(1000)),
        talk(server, "Bob", Duration::from_millis(700))
    )?;
    drop(silent);
    Ok(())
}

async fn program() -> io::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    println!("Serving on {address}");
    tokio::select! {
        () = serve(listener) => println!("the server has ended"),
        done = clients(address) => done?,
    }
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
    Ok(())
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../../checks/28_tcp_echo.rs"]
mod checks;
