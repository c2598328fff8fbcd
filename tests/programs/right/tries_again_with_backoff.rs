//! A request that fails twice is tried again, each time after a longer pause.
//!
//! Source: own small program of this shape

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use axum::{Router, http::StatusCode, routing::get};
use tokio::{net::TcpListener, time::sleep};

static TRIES: AtomicU32 = AtomicU32::new(0);

async fn sometimes() -> Result<&'static str, StatusCode> {
    if TRIES.fetch_add(1, Ordering::Relaxed) < 2 { Err(StatusCode::SERVICE_UNAVAILABLE) } else { Ok("at last") }
}

async fn fetch(url: &str) -> String {
    let mut pause = Duration::from_millis(100);
    loop {
        let response = reqwest::get(url).await.unwrap();
        if response.status().is_success() {
            return response.text().await.unwrap();
        }
        println!("{}, once more after {pause:?}", response.status());
        sleep(pause).await;
        pause *= 2;
    }
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}/", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(sometimes))).await });
    println!("{}", fetch(&server).await);
    serving.abort();
}

pub(crate) fn main() {
    workbook::run(app())
}
