//! A server that is to stop. Whoever has been let in gets the reply, and nobody else is let in; then it leaves, and
//! leaves nothing behind. It does not wait for ever, though: a client that has nothing to say would keep it from
//! stopping.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::pin,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    signal,
    task::{JoinError, JoinSet},
    time::{Instant, sleep, timeout},
};
use workbook::println;

/// For so long clients may go on after the signal.
const GRACE: Duration = Duration::from_secs(5);

/// Answers one client. Reads a line with a number, works for so many seconds, and replies `done after 3 s`. Then the
/// connection is closed.
///
/// # Errors
/// If the connection breaks, or what comes is no number.
async fn handle(stream: TcpStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let seconds: u64 = line.trim().parse().map_err(io::Error::other)?;
    sleep(Duration::from_secs(seconds)).await;
    stream.write_all(format!("done after {seconds} s").as_bytes()).await
}

/// Prints it if the task of a client has panicked, like `a client is lost: task 4 panicked`.
fn report(done: Result<io::Result<()>, JoinError>) {
    if let Err(error) = done
        && error.is_panic()
    {
        println!("a client is lost: task {} panicked", error.id());
    }
}

/// Accepts clients until the signal comes, each handled in a task of its own; what happens to one is no matter of the
/// others. If one cannot be accepted, it tries again a tenth of a second later, and it hears the signal meanwhile.
///
/// When the signal comes it prints `stopping`, and from that moment on new clients are refused: their attempt to
/// connect is an error at once. Those that are being handled get their replies. As soon as the last of them is done
/// it returns, but at the latest `GRACE` after the signal: whoever is not done then is cut off. It returns how many
/// those were. Not a task of it is left then.
async fn serve(listener: TcpListener, signal: impl Future<Output = ()> + Send + 'static) -> usize {
    todo!("accept until the signal comes; close the door; wait for those inside, at most for GRACE; end the rest")
}

/// A client that comes after a pause, and asks for something that takes so many seconds, or never asks. Prints what
/// comes of it.
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

/// Waits until the operating system tells the program to stop: by Ctrl-C; on Unix also by SIGTERM, which `kill`, `docker
/// stop` and systemd send; on Windows also by closing the console.
///
/// # Errors
/// If the system does not let us listen.
async fn told_to_stop() -> io::Result<()> {
    #[cfg(unix)]
    let mut other = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    #[cfg(windows)]
    let mut other = signal::windows::ctrl_close()?;
    tokio::select! {
        heard = signal::ctrl_c() => heard,
        _ = other.recv() => Ok(()),
    }
}

/// A server that stops after two seconds, or before that if it is told to.
async fn program() -> io::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    println!("Serving on {address}");
    let signal = async {
        tokio::select! {
            () = sleep(Duration::from_secs(2)) => {}
            Ok(()) = told_to_stop() => {}
        }
    };
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
#[path = "../tests/checks/34_graceful_shutdown.rs"]
mod checks;
