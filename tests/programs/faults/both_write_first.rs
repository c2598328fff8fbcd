//! Both ends of a small pipe write all they have before they read.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/io/fn.duplex.html>
//! Cause: pipe | duplex | room | write

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

async fn talk(mut stream: DuplexStream, byte: u8) -> u8 {
    stream.write_all(&[byte; 64]).await.unwrap(); //~ W01
    let mut theirs = [0; 64];
    stream.read_exact(&mut theirs).await.unwrap();
    theirs[63]
}

async fn app() {
    let (one, other) = duplex(16);
    let theirs = tokio::spawn(talk(other, 2));
    println!("{}", talk(one, 1).await);
    println!("{}", theirs.await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
