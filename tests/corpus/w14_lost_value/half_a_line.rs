//! `read_line` has half of a line when a tick drops it; what keeps the bytes outside of the future loses none.

use std::time::Duration;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex},
    time::{interval, sleep},
};
use workbook::println;

async fn speak(mut stream: DuplexStream) {
    for piece in ["hel", "lo\nwor", "ld\n"] {
        stream.write_all(piece.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(350)).await;
    }
}

#[workbook::awaits::tracked]
async fn hear(mut reader: BufReader<DuplexStream>) {
    let mut ticks = interval(Duration::from_millis(200));
    loop {
        let mut line = String::new();
        tokio::select! {
            count = reader.read_line(&mut line) => { //~ W14
                if count.unwrap() == 0 {
                    break;
                }
                println!("{line:?}");
            }
            _ = ticks.tick() => {}
        }
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (here, there) = duplex(64);
    tokio::spawn(speak(there));
    hear(BufReader::new(here)).await;
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (here, there) = duplex(64);
    tokio::spawn(speak(there));
    let mut lines = BufReader::new(here).lines();
    let mut ticks = interval(Duration::from_millis(200));
    loop {
        tokio::select! {
            line = lines.next_line() => match line.unwrap() {
                Some(line) => println!("{line:?}"),
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
}
