//! A select drops the handle of the slower task, which goes on alone until the program ends.

use std::time::Duration;

use tokio::{select, time::sleep};
use workbook::println;

async fn ask(server: &'static str, seconds: u64) -> &'static str {
    sleep(Duration::from_secs(seconds)).await;
    server
}

pub(crate) async fn faulty() {
    let near = tokio::spawn(ask("near", 1));
    let far = tokio::spawn(ask("far", 3)); //~ W03
    select! {
        server = near => println!("{server:?} was first"),
        server = far => println!("{server:?} was first"),
    }
}

pub(crate) async fn right() {
    let near = tokio::spawn(ask("near", 1));
    let mut far = tokio::spawn(ask("far", 3));
    select! {
        server = near => println!("{server:?} was first"),
        server = &mut far => println!("{server:?} was first"),
    }
    far.abort();
}
