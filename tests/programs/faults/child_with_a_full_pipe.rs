//! Main waits for the end of a child whose output nobody reads: the pipe is full, and the child cannot end.
//!
//! Source: <https://github.com/tokio-rs/tokio/issues/5526>
//! Cause: child
//! Cause: output | pipe
//! Untrue: waits for a socket

use std::process::Stdio;

use tokio::process::Command;

async fn app() {
    let mut command = Command::new("sh");
    command.args(["-c", "head -c 300000 /dev/zero"]).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let status = child.wait().await.unwrap(); //~ W01
    println!("{status}");
}

pub(crate) fn main() {
    workbook::run(app())
}
