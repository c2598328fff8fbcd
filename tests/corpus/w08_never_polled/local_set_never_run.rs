//! Tasks are spawned on a `LocalSet` that nobody runs.

use std::time::Duration;

use tokio::{task::LocalSet, time::sleep};
use workbook::println;

async fn water(plant: &'static str) {
    println!("{plant} gets water");
    sleep(Duration::from_secs(1)).await;
}

pub(crate) async fn faulty() {
    let plants = LocalSet::new();
    plants.spawn_local(water("the fern")); //~ W08
    sleep(Duration::from_secs(1)).await;
    println!("the plants are fine");
}

pub(crate) async fn right() {
    let plants = LocalSet::new();
    plants.spawn_local(water("the fern"));
    plants.await;
    println!("the plants are fine");
}
