//! A loop prints and prints, and never comes to an await.

use workbook::println;

async fn count(last: u32) {
    for number in 0..=last {
        println!("{number}"); //~ W07
    }
}

pub(crate) async fn faulty() {
    count(u32::MAX).await;
}

pub(crate) async fn right() {
    count(500).await;
}
