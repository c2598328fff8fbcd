//! A loop waits for several things at once: a line, a tick, the end of its time. Whatever comes first, the other futures are
//! dropped, and made anew in the next round. What has to last longer than a round must live outside of them.

use std::{io, pin::pin, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, duplex},
    time::{Instant, interval, sleep},
};
use workbook::println;

/// Reads lines, and prints each as soon as it is whole: `got [hello]`. Every second, counted from the start, prints `.` in a line
/// of its own, whether lines come or not. Returns all the lines when the input ends (a last line without a newline counts), or
/// when `limit` is over, whichever comes first; half a line that has come by then does not count.
///
/// # Errors
/// If the input cannot be read.
async fn read_loop(input: impl AsyncRead + Unpin + Send + 'static, limit: Duration) -> io::Result<Vec<String>> {
    // A line of which only a part has come must be kept, when the future that waits for the rest is dropped.
    let mut lines = BufReader::new(input).lines();
    todo!("make what outlasts a round; then, in a loop, select! between a line, a tick and the deadline")
}

/// Somebody types slowly, and never stops.
async fn program() -> io::Result<()> {
    let start = Instant::now();
    let (mut keyboard, screen) = duplex(64);
    let typist = tokio::spawn(async move {
        for key in "to be or\nnot to be\nthat is the question\n".chars().cycle() {
            sleep(Duration::from_millis(120)).await;
            if keyboard.write_all(key.to_string().as_bytes()).await.is_err() {
                return; // Nobody reads any more.
            }
        }
    });
    let lines = read_loop(screen, Duration::from_millis(5500)).await?;
    println!("{} lines in {:.2} seconds: {lines:?}", lines.len(), start.elapsed().as_secs_f64());
    Ok(typist.await?)
}

fn main() -> io::Result<()> {
    workbook::run(program())
}

#[cfg(test)]
#[path = "../tests/checks/27_select_loop.rs"]
mod checks;
