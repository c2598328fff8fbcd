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

/// Its arm is dropped at each tick, and the function that has the value goes on.
#[workbook::awaits::tracked]
async fn with_ticks(rx: &mut mpsc::Receiver<u32>, answers: &mut mpsc::Receiver<u32>) -> Option<u32> {
    let number = rx.recv().await?;
    let mut ticks = interval(Duration::from_millis(200));
    loop {
        tokio::select! {
            answer = answers.recv() => return Some(number + answer?),
            _ = ticks.tick() => println!("no answer yet"),
        }
    }
}

#[workbook::awaits::tracked]
async fn all_answers() {
    let (tx, mut rx) = mpsc::channel(4);
    let (answer, mut answers) = mpsc::channel(4);
    let answering = tokio::spawn(async move {
        for number in 0..3 {
            tx.send(number).await.unwrap();
            sleep(Duration::from_millis(500)).await;
            answer.send(10 * number).await.unwrap();
        }
    });
    while let Some(sum) = with_ticks(&mut rx, &mut answers).await {
        println!("{sum}");
    }
    answering.await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    all_answers().await;
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
