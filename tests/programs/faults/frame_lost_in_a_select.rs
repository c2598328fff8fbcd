//! A frame is read in two parts by an async fn, which a deadline drops between the two: its head is lost, and what follows
//! is taken for a head.
//!
//! Source: <https://github.com/diamondrod/kdbplus/issues/8>
//! Cause: had taken a value

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    time::{sleep, timeout},
};

async fn read_frame(stream: &mut DuplexStream) -> std::io::Result<Vec<u8>> {
    let length = stream.read_u8().await?;
    let mut body = vec![0; length.into()];
    stream.read_exact(&mut body).await?; //~ W14
    Ok(body)
}

async fn app() {
    let (mut here, mut there) = duplex(64);
    tokio::spawn(async move {
        for word in ["one", "two", "three"] {
            there.write_u8(word.len() as u8).await.unwrap();
            sleep(Duration::from_millis(40)).await;
            there.write_all(word.as_bytes()).await.unwrap();
        }
    });
    for _ in 0..6 {
        match timeout(Duration::from_millis(30), read_frame(&mut here)).await {
            Ok(frame) => println!("{frame:?}"),
            Err(_) => println!("nothing yet"),
        }
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
