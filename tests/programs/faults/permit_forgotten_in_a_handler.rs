//! A handler of axum's takes the one permit and forgets it, so that the second request is never answered.
//!
//! Source: own small program of this shape
//! Cause: permit | semaphore

use std::sync::Arc;

use axum::{Router, extract::State, routing::get};
use tokio::{net::TcpListener, sync::Semaphore};

async fn handle(State(limit): State<Arc<Semaphore>>) -> &'static str {
    limit.acquire().await.unwrap().forget(); //~ W01
    "done"
}

async fn app() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let routes = Router::new().route("/", get(handle)).with_state(Arc::new(Semaphore::new(1)));
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    for _ in 0..2 {
        let response = reqwest::get(format!("http://{server}/")).await.unwrap();
        println!("{}", response.text().await.unwrap());
    }
}

pub(crate) fn main() {
    workbook::run(app())
}
