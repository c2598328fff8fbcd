//! A loop looks once a second whether another program has left its file, which it never will.
//!
//! Source: own small program of this shape
//! Cause: without an end | does not end | went on | limit

use std::{path::Path, time::Duration};

use tokio::time::sleep;

async fn wait_for(path: &Path) {
    while !path.exists() {
        sleep(Duration::from_secs(1)).await; //~ W07
    }
}

async fn app() {
    wait_for(Path::new("target/a file that nobody ever writes")).await;
    println!("there it is");
}

pub(crate) fn main() {
    workbook::run(app())
}
