// accepted: a timeout around the whole loop, and the ticks joined to it

use std::{io, sync::Mutex, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, sleep, timeout},
};
use workbook::println;

async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    let read = Mutex::new(Vec::new());
    let reading = async {
        let mut lines = BufReader::new(input).lines();
        while let Some(line) = lines.next_line().await? {
            println!("got [{line}]");
            read.lock().unwrap().push(line);
        }
        Ok::<(), io::Error>(())
    };
    let ticking = async {
        loop {
            sleep(Duration::from_secs(1)).await;
            println!(".");
        }
    };
    let both = async {
        tokio::select! {
            done = reading => done,
            () = ticking => unreachable!("it ticks for ever"),
        }
    };
    timeout(limit, both).await.unwrap_or(Ok(()))?;
    Ok(read.into_inner().unwrap())
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
