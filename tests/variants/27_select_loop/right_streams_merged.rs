// accepted: one stream of all events

use std::{io, pin::pin, time::Duration};

use futures::{StreamExt, stream};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, interval, sleep},
};
use workbook::println;

async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    enum Event {
        Line(io::Result<String>),
        Tick,
        End,
    }
    let lines = BufReader::new(input).lines();
    let lines = stream::unfold(lines, |mut lines| async move { Some((lines.next_line().await.transpose()?, lines)) });
    let lines = lines.map(Event::Line).chain(stream::once(async { Event::End }));
    let mut ticks = interval(Duration::from_secs(1));
    ticks.tick().await;
    let ticks = stream::unfold(ticks, |mut ticks| async move {
        ticks.tick().await;
        Some((Event::Tick, ticks))
    });
    let end = stream::once(sleep(limit)).map(|()| Event::End);
    let mut events = pin!(stream::select(stream::select(lines, ticks), end));
    let mut read = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Event::Line(line) => {
                read.push(line?);
                println!("got [{}]", read.last().unwrap());
            }
            Event::Tick => println!("."),
            Event::End => break,
        }
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
