//! A handler of axum's puts the thread to sleep, and with it every other request.
//!
//! Source: class of <https://github.com/64bit/async-openai/issues/194>
//! Cause: sleep
//! Clock: both

use std::{thread, time::Duration};

use axum::{Router, routing::get};
use tokio::net::TcpListener;

async fn handle() -> &'static str {
    thread::sleep(Duration::from_millis(400)); //~ W02
    "done"
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}/", listener.local_addr().unwrap());
    let serving =
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(handle))).await.unwrap() });
    let (one, other) = tokio::join!(reqwest::get(&server), reqwest::get(&server));
    println!("{} {}", one.unwrap().status(), other.unwrap().status());
    serving.abort();
}

pub(crate) fn main() {
    workbook::run(app())
}
