//! Ten tasks need a connection that is made once: the first makes it, the others wait.
//!
//! Source: class of <https://docs.rs/tokio/latest/tokio/sync/struct.OnceCell.html>

use std::{sync::Arc, time::Duration};

use futures::future::join_all;
use tokio::{sync::OnceCell, time::sleep};

async fn connect() -> String {
    sleep(Duration::from_millis(50)).await;
    println!("connecting");
    "connection".to_string()
}

async fn app() {
    let cell: Arc<OnceCell<String>> = Arc::default();
    let users = (0..10).map(|_| {
        let cell = cell.clone();
        tokio::spawn(async move { cell.get_or_init(connect).await.len() })
    });
    let lengths = join_all(users).await;
    println!("{}", lengths.into_iter().map(|length| length.unwrap()).sum::<usize>());
}

pub(crate) fn main() {
    workbook::run(app())
}
