// accepted: sleeps for no time after every block, which gives the thread away until the next tick of the timers

use std::time::Duration;

use colored::Colorize;
use futures::join;
use tokio::time::{Instant, sleep};
use workbook::println;

const PERIOD: Duration = Duration::from_millis(100);

fn blocks() -> Vec<Vec<u8>> {
    (0..80).map(|nth| vec![nth; 50_000]).collect()
}

fn add(sum: u32, block: &[u8]) -> u32 {
    let shift = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !block.iter().fold(!sum, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), |crc, _| shift(crc)))
}

fn checksum(blocks: &[impl AsRef<[u8]>]) -> u32 {
    blocks.iter().fold(0, |sum, block| add(sum, block.as_ref()))
}

async fn checksum_async(blocks: Vec<impl AsRef<[u8]> + Send + 'static>) -> u32 {
    let mut sum = 0;
    for block in blocks {
        sum = add(sum, block.as_ref());
        sleep(Duration::ZERO).await;
    }
    sum
}

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
#[path = "../../checks/10_blocked_loop.rs"]
mod checks;
