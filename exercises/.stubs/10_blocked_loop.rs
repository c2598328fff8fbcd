//! A heart beats ten times a second while a long checksum is computed. Whoever computes on the thread that everybody shares
//! stops the heart; work that takes long belongs on a thread of its own.

use std::time::Duration;

use colored::Colorize;
use futures::join;
use tokio::{
    task::spawn_blocking,
    time::{Instant, sleep},
};
use workbook::println;

/// The time between two beats.
const PERIOD: Duration = Duration::from_millis(100);

/// Blocks of bytes: so many that their checksum takes a good part of a second.
fn blocks() -> Vec<Vec<u8>> {
    (0..80).map(|nth| vec![nth; 50_000]).collect()
}

/// The checksum (CRC-32) of some bytes, continued from that of those before them; the first are continued from 0.
fn add(sum: u32, block: &[u8]) -> u32 {
    let shift = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !block.iter().fold(!sum, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), |crc, _| shift(crc)))
}

/// The checksum of all the blocks. This is work: the more blocks there are, the longer it takes.
fn checksum(blocks: &[impl AsRef<[u8]>]) -> u32 {
    blocks.iter().fold(0, |sum, block| add(sum, block.as_ref()))
}

/// Computes the checksum of the blocks. Everybody else goes on meanwhile: the thread that they share never goes through more
/// than ten blocks at a time.
///
/// # Panics
/// If the work panics: a block may turn out to be unreadable.
async fn checksum_async(blocks: Vec<impl AsRef<[u8]> + Send + 'static>) -> u32 {
    todo!("compute the checksum on the blocking pool, and await what comes back; await alone moves no work anywhere")
}

/// Beats ten times, and returns the longest time that there was between two beats.
async fn heartbeat() -> Duration {
    let mut longest = Duration::ZERO;
    for beat in 1..=10 {
        let last = Instant::now();
        sleep(PERIOD).await;
        longest = longest.max(last.elapsed());
        println!("{} {beat}", "beat".red());
    }
    longest
}

/// Computes the checksum while the heart beats, and says what came of both.
async fn main_async(blocks: Vec<impl AsRef<[u8]> + Send + 'static>) {
    let (longest, sum) = join!(heartbeat(), checksum_async(blocks));
    println!("checksum: {sum:08x}");
    println!("longest time between two beats: {} ms", longest.as_millis());
}

async fn program() {
    let start = Instant::now();
    main_async(blocks()).await;
    println!("({:.2} sec)", start.elapsed().as_secs_f64());
}

fn main() {
    workbook::run(program());
}

#[cfg(test)]
#[path = "../tests/checks/10_blocked_loop.rs"]
mod checks;
