//! A sleep is dropped by hand, because the compiler warned that it was not used.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

pub(crate) async fn faulty() {
    for course in ["soup", "fish", "cake"] {
        println!("{course}");
        drop(sleep(Duration::from_secs(1))); //~ W08
    }
}

pub(crate) async fn right() {
    for course in ["soup", "fish", "cake"] {
        println!("{course}");
        sleep(Duration::from_secs(1)).await;
    }
}
