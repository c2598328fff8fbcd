//! The main function returns before the task it has spawned is done.

use std::time::Duration;

use tokio::time::sleep;
use workbook::println;

async fn save() {
    sleep(Duration::from_secs(1)).await;
    println!("saved");
}

pub(crate) async fn faulty() {
    tokio::spawn(save()); //~ W03
    println!("good-bye");
}

pub(crate) async fn right() {
    let saving = tokio::spawn(save());
    println!("good-bye");
    saving.await.unwrap();
}
