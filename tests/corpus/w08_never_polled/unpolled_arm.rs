//! A select drops a sleep that it never polled, because another arm was ready.

use std::{future::ready, time::Duration};

use tokio::{
    select,
    time::{sleep, timeout},
};
use workbook::println;

pub(crate) async fn right() {
    select! {
        biased;
        number = ready(7) => println!("{number}"),
        () = sleep(Duration::from_secs(1)) => println!("too slow"),
    }
    println!("{:?}", timeout(Duration::from_secs(1), ready(8)).await);
}
