//! A spawned task sleeps with the standard library.

use std::time::Duration;

use workbook::println;

async fn heat_water() -> &'static str {
    std::thread::sleep(Duration::from_millis(300)); //~ W02
    "hot water"
}

async fn heat_water_politely() -> &'static str {
    tokio::time::sleep(Duration::from_millis(300)).await;
    "hot water"
}

async fn grind_beans() -> &'static str {
    tokio::time::sleep(Duration::from_millis(200)).await;
    "ground beans"
}

pub(crate) async fn faulty() {
    let (water, beans) = (tokio::spawn(heat_water()), tokio::spawn(grind_beans()));
    println!("{} and {}", water.await.unwrap(), beans.await.unwrap());
}

pub(crate) async fn right() {
    let (water, beans) = (tokio::spawn(heat_water_politely()), tokio::spawn(grind_beans()));
    println!("{} and {}", water.await.unwrap(), beans.await.unwrap());
}
