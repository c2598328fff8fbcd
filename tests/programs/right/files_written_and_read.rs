//! A file is written line by line, flushed, read again and removed.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/fs/struct.File.html>
//! Clock: both

use tokio::{
    fs::{self, File},
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
};

async fn app() {
    let path = std::env::temp_dir().join(format!("async-workbook-lines-{}", std::process::id()));
    let mut file = File::create(&path).await.unwrap();
    for number in 0..20 {
        file.write_all(format!("line {number}\n").as_bytes()).await.unwrap();
    }
    file.flush().await.unwrap();
    let mut lines = BufReader::new(File::open(&path).await.unwrap()).lines();
    let mut count = 0;
    while let Some(line) = lines.next_line().await.unwrap() {
        count += usize::from(line.starts_with("line"));
    }
    println!("{count} lines, {} bytes", fs::metadata(&path).await.unwrap().len());
    fs::remove_file(&path).await.unwrap();
}

pub(crate) fn main() {
    workbook::run(app())
}
