//! Two tasks talk through a pair of unix sockets, split in halves.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/net/struct.UnixStream.html#method.pair>

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};

async fn app() {
    let (here, there) = UnixStream::pair().unwrap();
    let other = tokio::spawn(async move {
        let (mut reader, mut writer) = there.into_split();
        let mut text = String::new();
        reader.read_to_string(&mut text).await.unwrap();
        writer.write_all(text.to_uppercase().as_bytes()).await.unwrap();
    });
    let (mut reader, mut writer) = here.into_split();
    writer.write_all(b"hello").await.unwrap();
    drop(writer);
    let mut answer = String::new();
    reader.read_to_string(&mut answer).await.unwrap();
    println!("{answer}");
    other.await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
