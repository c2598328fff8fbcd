// rejected with: and with it the last line

use std::{io, pin::pin, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, interval, sleep},
};
use workbook::println;

async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    let mut deadline = pin!(sleep(limit));
    let mut ticks = interval(Duration::from_secs(1));
    ticks.tick().await; // The first tick is due at once.
    let mut reader = BufReader::new(input);
    let mut buffer = Vec::new();
    let mut read = Vec::new();
    loop {
        tokio::select! {
            n = reader.read_until(b'\n', &mut buffer) => {
                if n? == 0 || buffer.last() != Some(&b'\n') {
                    return Ok(read);
                }
                let line = String::from_utf8(std::mem::take(&mut buffer)).unwrap().trim_end_matches('\n').to_string();
                println!("got [{line}]");
                read.push(line);
            }
            _ = ticks.tick() => println!("."),
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
