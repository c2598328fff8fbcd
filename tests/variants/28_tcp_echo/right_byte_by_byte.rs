// accepted: one byte after another, with read_u8 and write_u8

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
    let mut echoed = 0;
    loop {
        match stream.read_u8().await {
            Ok(byte) => stream.write_u8(byte).await?,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(echoed),
            Err(error) => return Err(error),
        }
        echoed += 1;
    }
}

async fn serve(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, client)) => {
                println!("Received a connection from {}", client.ip());
                tokio::spawn(echo(stream));
            }
            Err(_) => sleep(Duration::from_secs(1)).await,
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
