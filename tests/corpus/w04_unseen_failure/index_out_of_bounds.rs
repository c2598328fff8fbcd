//! A detached task looks beyond the end of a list.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn print_row(row: usize) {
    let rows = ["a b c", "d e f"];
    sleep(Duration::from_millis(100)).await;
    println!("{}", rows[row]); //~ W04
}

pub(crate) async fn faulty() {
    tokio::spawn(print_row(0));
    tokio::spawn(print_row(2));
    sleep(Duration::from_secs(1)).await;
    println!("all rows are printed");
}

pub(crate) async fn right() {
    tokio::spawn(print_row(0));
    tokio::spawn(print_row(1));
    sleep(Duration::from_secs(1)).await;
    println!("all rows are printed");
}
