//! A frame is read in two parts, and a deadline drops the read between them: its head is lost.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    time::{sleep, timeout},
};
use workbook::println;

async fn speak(mut stream: DuplexStream) {
    for word in ["one", "two", "three"] {
        stream.write_all(&[0, word.len() as u8]).await.unwrap();
        sleep(Duration::from_millis(400)).await;
        stream.write_all(word.as_bytes()).await.unwrap();
    }
}

#[workbook::awaits::tracked]
async fn frame(stream: &mut DuplexStream) -> std::io::Result<Vec<u8>> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).await?;
    let length = u16::from_be_bytes(head);
    if length > 1000 {
        return Err(std::io::ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length.into()];
    stream.read_exact(&mut body).await?; //~ W14
    Ok(body)
}

#[workbook::awaits::tracked]
pub(crate) async fn faulty() {
    let (mut here, there) = duplex(64);
    let speaking = tokio::spawn(speak(there));
    for _ in 0..3 {
        match timeout(Duration::from_millis(300), frame(&mut here)).await {
            Ok(frame) => println!("{}", frame.is_ok()),
            Err(_) => println!("nothing yet"),
        }
    }
    speaking.await.unwrap();
}

#[workbook::awaits::tracked]
pub(crate) async fn right() {
    let (mut here, there) = duplex(64);
    let speaking = tokio::spawn(speak(there));
    for _ in 0..3 {
        let mut frame = std::pin::pin!(frame(&mut here));
        while timeout(Duration::from_millis(300), &mut frame).await.is_err() {
            println!("nothing yet");
        }
    }
    speaking.await.unwrap();
}
