//! An echo server: what a client sends is sent back to it. Some clients talk, some are silent for hours, some vanish
//! in the middle of a word, and none of them is to wait for another. So each connection gets a task of its own, and
//! the server goes back to its door at once.

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

/// Sends back whatever the client sends, as soon as it comes: it may be a single byte, and a client that waits for
/// its echo sends nothing more until then. Ends when the client has nothing more to send, and yields how many bytes
/// were sent back.
///
/// # Errors
/// If the connection breaks.
async fn echo(mut stream: TcpStream) -> io::Result<u64> {
    todo!("read what has come, write all of it back, and again, until a read yields nothing any more")
}

/// Accepts clients for ever, prints `Received a connection from 127.0.0.1` for each as soon as it has connected, and
/// echoes for all of them at once. None holds up another, and whatever happens to one ends neither the server nor the
/// others. If no client can be accepted, as when the sockets have run out, it tries again a second later.
async fn serve(listener: TcpListener) {
    todo!("for ever: accept a client, say so, and let a task of its own echo for it")
}

/// A client that says three words, one after each pause, and waits for the echo of each.
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

/// One client that says nothing, and two that talk.
async fn clients(server: SocketAddr) -> io::Result<()> {
    let silent = TcpStream::connect(server).await?;
    tokio::try_join!(
        talk(server, "Alice", Duration::from_millis(1000)),
        talk(server, "Bob", Duration::from_millis(700))
    )?;
    drop(silent);
    Ok(())
}

/// The server, for as long as its clients are there.
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
#[path = "../tests/checks/28_tcp_echo.rs"]
mod checks;
