//! A loop prints, puts the thread to sleep, and prints again.

use std::time::Duration;

use tokio::time::sleep;
use workbook::{println, thread};

async fn count_down() {
    for number in [3, 2, 1] {
        println!("{number}");
        thread::sleep(Duration::from_secs(1)); //~ W02
    }
}

async fn count_down_politely() {
    for number in [3, 2, 1] {
        println!("{number}");
        sleep(Duration::from_secs(1)).await;
    }
}

async fn music() {
    for _ in 0..4 {
        println!("tra la la");
        sleep(Duration::from_millis(700)).await;
    }
}

pub(crate) async fn faulty() {
    let playing = tokio::spawn(music());
    count_down().await;
    playing.await.unwrap();
}

pub(crate) async fn right() {
    let playing = tokio::spawn(music());
    count_down_politely().await;
    playing.await.unwrap();
}
