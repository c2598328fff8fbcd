// rejected with: Every second there is a tick

use std::{io, pin::pin, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, interval, sleep},
};
use workbook::println;

async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    let mut deadline = pin!(sleep(limit));
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
            () = &mut deadline => return Ok(read),
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
