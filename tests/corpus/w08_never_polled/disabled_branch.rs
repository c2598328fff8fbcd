//! A condition disables the branch of a select that would sleep.

use std::time::Duration;

use tokio::{select, time::sleep};
use workbook::println;

async fn answer(seconds: u64, patience: Option<Duration>) {
    select! {
        () = sleep(Duration::from_secs(seconds)) => println!("an answer"),
        () = sleep(patience.unwrap_or_default()), if patience.is_some() => println!("enough"),
    }
}

pub(crate) async fn right() {
    answer(5, None).await;
    answer(5, Some(Duration::from_secs(2))).await;
}
