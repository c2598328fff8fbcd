// accepted: a task for the ticks, behind the guard of tokio-util

use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, interval, sleep, timeout_at},
};
use tokio_util::task::AbortOnDropHandle;
use workbook::println;

async fn tick() {
    let mut ticks = interval(Duration::from_secs(1));
    ticks.tick().await; // The first tick is due at once.
    loop {
        ticks.tick().await;
        println!(".");
    }
}

async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    let deadline = Instant::now() + limit;
    let mut lines = BufReader::new(input).lines();
    let mut read = Vec::new();
    let _ticking = AbortOnDropHandle::new(tokio::spawn(tick()));
    while let Ok(line) = timeout_at(deadline, lines.next_line()).await {
        let Some(line) = line? else { break };
        println!("got [{line}]");
        read.push(line);
    }
    Ok(read)
}

async fn program() -> io::Result<()> {
    let start = Instant::now();
    let (mut keyboard, screen) = duplex(64);
    let typist = tokio::spawn(async move {
        for key in "to be or\nnot to be\nthat is the question\n".chars().cycle() {
            sleep(Duration::from_millis(120)).await;
            if keyboard.write_all(key.to_string().as_bytes()).await.is_err() {
                return; // Nobody reads any more.
            }
        }
    });
    let lines = read_loop(screen, Duration::from_millis(5500)).await?;
    println!("{} lines in {:.2} seconds: {lines:?}", lines.len(), start.elapsed().as_secs_f64());
    Ok(typist.await?)
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../../checks/27_select_loop.rs"]
mod checks;
