//! Deadlines around a call are made and thrown away: as a statement of its own, and by hand, over several lines.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};
use workbook::println;

async fn save(course: &str, into: &str, takes: Duration) {
    sleep(takes).await;
    println!("{course} saved into {into}");
}

#[expect(unused_must_use, reason = "that is the fault")]
pub(crate) async fn faulty() {
    let (end, takes) = (Instant::now() + Duration::from_secs(1), Duration::from_millis(20));
    timeout_at(end, sleep(takes)); //~ W08
    drop(timeout_at(
        //~^ W08
        end,
        save("a soup with noodles and a lot of vegetables", "the menu of the day before yesterday", takes),
    ));
    println!("done");
}

pub(crate) async fn right() {
    let (end, takes) = (Instant::now() + Duration::from_secs(1), Duration::from_millis(20));
    timeout_at(end, sleep(takes)).await.unwrap();
    let soup = "a soup with noodles and a lot of vegetables";
    timeout_at(end, save(soup, "the menu of the day before yesterday", takes)).await.unwrap();
    println!("done");
}
