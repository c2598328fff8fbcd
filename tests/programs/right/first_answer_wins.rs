//! The same question goes to two servers; the first answer counts, and the other request is dropped.
//!
//! Source: own small program of this shape

use std::time::Duration;

use axum::{Router, routing::get};
use tokio::{net::TcpListener, time::sleep};

async fn server(millis: u64) -> String {
    let answer = move || async move {
        sleep(Duration::from_millis(millis)).await;
        format!("after {millis} ms")
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(answer))).await });
    format!("http://{address}/")
}

async fn ask(url: String) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

async fn app() {
    let (slow, fast) = (server(20_000).await, server(100).await);
    let answer = tokio::select! {
        answer = ask(slow) => answer,
        answer = ask(fast) => answer,
    };
    println!("{answer}");
}

pub(crate) fn main() {
    workbook::run(app())
}
