//! Arms that are dropped in the middle and lose nothing: what they take is kept outside of them.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    sync::mpsc,
    time::{interval, sleep},
};
use workbook::println;

struct Connection {
    stream: DuplexStream,
    buffer: Vec<u8>,
    waiting: Vec<u32>,
}

#[workbook::awaits::tracked]
impl Connection {
    async fn frame(&mut self) -> Option<Vec<u8>> {
        while self.buffer.len() < 5 {
            if self.stream.read_buf(&mut self.buffer).await.unwrap() == 0 {
                return None;
            }
        }
        Some(self.buffer.drain(..5).collect())
    }

    async fn pair(&mut self, rx: &mut mpsc::Receiver<u32>) -> Option<u32> {
        while self.waiting.len() < 2 {
            let number = rx.recv().await?;
            self.waiting.push(number);
            sleep(Duration::from_millis(90)).await;
        }
        Some(self.waiting.drain(..).sum())
    }
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (stream, mut there) = duplex(64);
    let (tx, mut rx) = mpsc::channel(4);
    let speaking = tokio::spawn(async move {
        for piece in ["he", "llowo", "rld"] {
            there.write_all(piece.as_bytes()).await.unwrap();
            sleep(Duration::from_millis(350)).await;
        }
        for number in 1..=4 {
            tx.send(number).await.unwrap();
            sleep(Duration::from_millis(70)).await;
        }
    });
    let mut connection = Connection { stream, buffer: Vec::new(), waiting: Vec::new() };
    let mut ticks = interval(Duration::from_millis(200));
    loop {
        tokio::select! {
            frame = connection.frame() => match frame {
                Some(frame) => println!("{}", frame.len()),
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
    loop {
        tokio::select! {
            pair = connection.pair(&mut rx) => match pair {
                Some(pair) => println!("{pair}"),
                None => break,
            },
            _ = ticks.tick() => {}
        }
    }
    speaking.await.unwrap();
}
