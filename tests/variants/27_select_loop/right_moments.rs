// accepted: a moment for the next tick and one for the end

use std::{io, pin::pin, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, sleep, sleep_until},
};
use workbook::println;

async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    let start = Instant::now();
    let mut tick = start + Duration::from_secs(1);
    let mut lines = BufReader::new(input).lines();
    let mut read = Vec::new();
    loop {
        tokio::select! {
            line = lines.next_line() => match line? {
                Some(line) => {
                    println!("got [{line}]");
                    read.push(line);
                }
                None => return Ok(read),
            },
            () = sleep_until(tick) => {
                println!(".");
                tick += Duration::from_secs(1);
            },
            () = sleep_until(start + limit) => return Ok(read),
        }
    }
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
