// rejected with: One failure ends nothing

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::pin,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use workbook::println;

const GRACE: Duration = Duration::from_secs(5);

async fn handle(stream: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let seconds: u64 = line.trim().parse().map_err(io::Error::other)?;
    sleep(Duration::from_secs(seconds)).await;
    stream.write_all(format!("done after {seconds} s").as_bytes()).await
}

async fn serve(listener: TcpListener, signal: impl Future<Output = ()> + Send + 'static) -> usize {
    use futures::{StreamExt, stream::FuturesUnordered};
    let mut signal = pin!(signal);
    let mut clients = FuturesUnordered::new();
    loop {
        tokio::select! {
            () = &mut signal => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => clients.push(handle(stream)),
                Err(_) => break,
            },
            Some(_) = clients.next() => {}
        }
    }
    println!("stopping");
    drop(listener);
    let _ = timeout(GRACE, async { while clients.next().await.is_some() {} }).await;
    clients.len()
}

async fn ask(server: SocketAddr, name: &str, pause: u64, seconds: Option<u64>) {
    sleep(Duration::from_secs(pause)).await;
    let Ok(mut stream) = TcpStream::connect(server).await else {
        return println!("{name} is refused");
    };
    if let Some(seconds) = seconds {
        let _ = stream.write_all(format!("{seconds}\n").as_bytes()).await;
    }
    let mut reply = String::new();
    match stream.read_to_string(&mut reply).await {
        Ok(length) if length > 0 => println!("{name} hears {reply}"),
        _ => println!("{name} is cut off"),
    }
}

async fn program() -> io::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    println!("Serving on {address}");
    let signal = sleep(Duration::from_secs(2));
    let (cut_off, ..) = tokio::join!(
        serve(listener, signal),
        ask(address, "Alice", 0, Some(1)),
        ask(address, "Bob", 1, Some(4)),
        ask(address, "Carol", 1, None),
        ask(address, "Dave", 3, Some(1))
    );
    println!("stopped, {cut_off} cut off");
    println!("executed in {:.2} seconds.", start.elapsed().as_secs_f64());
    Ok(())
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../../checks/34_graceful_shutdown.rs"]
mod checks;
