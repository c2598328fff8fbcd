//! `cat` as a child: what is written to its input comes back on its output, line by line.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/process/#examples>
//! Clock: both

use std::process::Stdio;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::Command,
};

async fn app() {
    let mut child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for number in 0..5 {
        input.write_all(format!("line {number}\n").as_bytes()).await.unwrap();
        println!("{:?}", lines.next_line().await.unwrap());
    }
    drop(input);
    println!("{:?} {}", lines.next_line().await.unwrap(), child.wait().await.unwrap());
}

pub(crate) fn main() {
    workbook::run(app())
}
